package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.IntakeEvent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events from outside are taken once, and 202 is said of nothing that is not stored. */
class IntakeTest {
  @TempDir static Path folder;
  private static StartedServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new StartedServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void what_was_accepted_is_stored_and_the_same_id_is_taken_once() throws Exception {
    HttpResponse<String> first = send("release-1");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(answer(first).taken()).isTrue();
    assertThat(stored("release-1")).isEqualTo(1);

    HttpResponse<String> again = send("release-1");
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(answer(again).taken()).isFalse();
    assertThat(stored("release-1")).isEqualTo(1);
  }

  @Test
  void of_many_at_once_with_one_id_one_is_taken() throws Exception {
    int many = 12;
    CyclicBarrier together = new CyclicBarrier(many);
    List<Future<HttpResponse<String>>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(many)) {
      for (int i = 0; i < many; i++) {
        answers.add(
            threads.submit(() -> {
              together.await();
              return send("release-2");
            }));
      }
    }
    int taken = 0;
    for (Future<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(202);
      taken += answer(answer.get()).taken() ? 1 : 0;
    }
    assertThat(taken).isEqualTo(1);
  }

  @Test
  void what_could_not_be_stored_is_not_accepted_and_may_be_sent_again() throws Exception {
    execute("alter table intake add constraint shut check (id <> 'release-3')");
    HttpResponse<String> refused = send("release-3");
    execute("alter table intake drop constraint shut");

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(500);
    assertThat(stored("release-3")).isZero();
    assertThat(answer(send("release-3")).taken()).isTrue();
    assertThat(stored("release-3")).isEqualTo(1);
  }

  private static HttpResponse<String> send(String id) throws Exception {
    IntakeEvent event = new IntakeEvent(id, "library.released", Map.of("version", "1.2"));
    return server.post("/events", Requests.text(event));
  }

  private static IntakeEvent.Answer answer(HttpResponse<String> answer) {
    return Requests.json(answer.body(), IntakeEvent.Answer.class);
  }

  private static long stored(String id) {
    return server
        .transactions()
        .inTransaction(connection -> {
          try (var select =
              connection.prepareStatement("select count(*) from intake where id = ?")) {
            select.setString(1, id);
            try (var row = select.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  private static void execute(String sql) {
    server
        .transactions()
        .inTransaction(connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }
}
