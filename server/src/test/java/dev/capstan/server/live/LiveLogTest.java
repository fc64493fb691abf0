package dev.capstan.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.control.records.RunQueries.Logged;
import dev.capstan.server.Requests;
import dev.capstan.server.StartedServer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Followers of a log that has only a few of the newest messages at hand. */
class LiveLogTest {
  private static final int NEWEST = 8;
  private StartedServer server;
  private LiveLog log;
  private long begin;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = new StartedServer(folder);
    log = new LiveLog(server.queries(), NEWEST);
    makeRuns("first", 1);
    begin = server.queries().logEnd();
  }

  @AfterEach
  void stop() {
    log.close();
    server.close();
  }

  @Test
  void one_that_falls_behind_is_cut_off_while_another_gets_everything() throws Exception {
    Taker slow = new Taker(new CountDownLatch(1));
    Taker quick = new Taker(new CountDownLatch(0));
    CompletableFuture<End> slowEnd = follow(slow, begin);
    CompletableFuture<End> quickEnd = follow(quick, begin);
    await().until(() -> slow.joined.getCount() + quick.joined.getCount() == 0);
    makeRuns("one", 1);
    await().until(() -> slow.waiting.getCount() == 0);
    for (int i = 0; i < 4 * NEWEST; i++) {
      makeRuns("more-" + i, 1);
      int sent = i + 2;
      await().until(() -> quick.seen.size() >= sent);
    }
    slow.gate.countDown();

    assertThat(slowEnd.get(20, TimeUnit.SECONDS)).isEqualTo(End.TOO_SLOW);
    assertThat(quick.seen).isEqualTo(logAfter(begin));
    assertThat(quickEnd).isNotDone();
    assertThat(logAfter(begin)).startsWith(slow.seen.toArray(Long[]::new));
    Taker again = new Taker(new CountDownLatch(0));
    assertThat(follow(again, slow.seen.getLast())).isNotDone();
    List<Long> rest = logAfter(slow.seen.getLast());
    await().until(() -> again.seen.size() >= rest.size());
    assertThat(again.seen).isEqualTo(rest);
  }

  @Test
  void the_very_first_event_is_not_missing(@TempDir Path fresh) throws Exception {
    try (StartedServer empty = new StartedServer(fresh);
        LiveLog first = new LiveLog(empty.queries(), NEWEST)) {
      assertThat(empty.queries().logEnd()).isZero();
      Taker taker = new Taker(new CountDownLatch(0));
      Thread.ofVirtual()
          .start(() -> follow(first, taker, OptionalLong.empty(), new CompletableFuture<>()));
      await().until(() -> taker.joined.getCount() == 0);
      Requests.created(empty, Requests.run("first", "/src/shop", "Tidy"));
      await().until(() -> taker.seen.size() >= 1);
      assertThat(taker.seen).containsExactly(1L);
    }
  }

  @Test
  void one_that_names_no_place_gets_what_comes_next() throws Exception {
    Taker taker = new Taker(new CountDownLatch(0));
    CompletableFuture<End> end = follow(taker, OptionalLong.empty());
    await().until(() -> taker.joined.getCount() == 0);
    makeRuns("next", 2);
    await().until(() -> taker.seen.size() >= 2);
    assertThat(taker.seen).isEqualTo(logAfter(begin));
    log.close();
    assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(End.CLOSED);
  }

  @Test
  void after_a_time_without_followers_nothing_is_missing() throws Exception {
    Taker first = new Taker(new CountDownLatch(0));
    Thread follower = Thread.ofVirtual().start(() -> follow(first));
    await().until(() -> first.joined.getCount() == 0);
    follower.interrupt();
    follower.join();
    makeRuns("between", 3 * NEWEST);
    Taker second = new Taker(new CountDownLatch(0));
    assertThat(follow(second, begin)).isNotDone();
    makeRuns("then", 1);
    List<Long> all = logAfter(begin);
    await().until(() -> second.seen.size() >= all.size());
    assertThat(second.seen).isEqualTo(all);
  }

  private void follow(Taker taker) {
    follow(taker, OptionalLong.of(begin), new CompletableFuture<>());
  }

  private CompletableFuture<End> follow(Taker taker, long after) {
    return follow(taker, OptionalLong.of(after));
  }

  private CompletableFuture<End> follow(Taker taker, OptionalLong after) {
    CompletableFuture<End> end = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> follow(taker, after, end));
    return end;
  }

  private void follow(Taker taker, OptionalLong after, CompletableFuture<End> end) {
    follow(log, taker, after, end);
  }

  private static void follow(
      LiveLog log, Taker taker, OptionalLong after, CompletableFuture<End> end) {
    try {
      end.complete(log.follow(new Wanted("", "", Set.of(), after, _ -> true), taker));
    } catch (Exception failure) {
      end.completeExceptionally(failure);
    }
  }

  private void makeRuns(String name, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Requests.created(server, Requests.run(name + '-' + i, "/src/shop", "Tidy"));
    }
  }

  private List<Long> logAfter(long position) {
    return server.queries().log(position, 10_000).events().stream().map(Logged::position).toList();
  }

  /** Takes messages; the first one only once the gate is open. */
  private static final class Taker implements Sink {
    final List<Long> seen = new CopyOnWriteArrayList<>();
    final CountDownLatch joined = new CountDownLatch(1);
    final CountDownLatch waiting = new CountDownLatch(1);
    final CountDownLatch gate;

    Taker(CountDownLatch gate) {
      this.gate = gate;
    }

    @Override
    public void send(Message message) {
      waiting.countDown();
      try {
        gate.await();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      seen.add(message.sequence());
    }

    @Override
    public void alive() {
      joined.countDown();
    }

    @Override
    public void flush() {}
  }
}
