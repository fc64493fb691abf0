package dev.capstan.control.dispatch;

import dev.capstan.control.Capabilities;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.TaskQueue;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one claimer of a server: leases tasks for all workers that are connected to it, hands them
 * out, and keeps their leases alive as long as the workers are heard. Safe for many threads.
 *
 * <p>No lock is held while the queue is asked or a worker is written to.
 */
public final class Dispatcher implements AutoCloseable {
  /** How long a lease lasts unless it is renewed. */
  public static final Duration LEASE = Duration.ofSeconds(30);

  /** How often a worker says that it is there. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  /** One that was not heard for so long may be cut off, and its leases are left to end. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Duration RENEWAL_IDLE = Duration.ofMillis(250);

  private final TaskQueue queue;
  private final Allocation allocation;
  private final int executions;
  private final DispatchListener listener;
  private final Map<Integer, Member> members = new LinkedHashMap<>();
  private final Map<String, TrackRecord> records = new HashMap<>();
  private final Thread claimer;
  private int lastSeat;
  private long turn;
  private volatile boolean closed;
  private volatile boolean draining;

  /**
   * Starts at once.
   *
   * @param executions how much engines' work may be under way at once, over all servers
   */
  public Dispatcher(TaskQueue queue, Allocation allocation, int executions) {
    this(queue, allocation, executions, new DispatchListener() {});
  }

  /** One of which somebody is told. */
  public Dispatcher(
      TaskQueue queue, Allocation allocation, int executions, DispatchListener listener) {
    this.queue = queue;
    this.allocation = allocation;
    this.executions = executions;
    this.listener = listener;
    this.claimer = Thread.ofPlatform().name("dispatcher").start(this::work);
  }

  // ---- workers

  /** A worker as others see it. */
  public record Presence(
      Profile profile, int underWay, int waiting, long given, boolean draining, Duration silence) {}

  /** A worker's place, until it goes. */
  public final class Place {
    private final int number;
    private final Member member;

    private Place(int number, Member member) {
      this.number = number;
      this.member = member;
    }

    /** It was heard. */
    public void heard() {
      synchronized (Dispatcher.this) {
        member.heard();
      }
    }

    /** The report of a task was answered for good. */
    public void finished(Lease lease, boolean well) {
      Optional<Member.Finished> done;
      synchronized (Dispatcher.this) {
        done = member.finished(lease, well);
      }
      done.ifPresent(one -> listener.finished(one.task(), one.took(), well));
      queue.stir();
    }

    /** It gives tasks back undone. */
    public void giveBack(Set<Lease> leases) {
      synchronized (Dispatcher.this) {
        member.lose(leases);
      }
      returnAll(leases);
    }

    /** It does them no more; they are left to end, and then another does them. */
    public void abandoned(Set<Lease> leases) {
      synchronized (Dispatcher.this) {
        member.lose(leases);
      }
    }

    /** It takes nothing more. */
    public void drain() {
      Set<Lease> waiting;
      synchronized (Dispatcher.this) {
        member.drains();
        waiting = member.abandonWaiting();
      }
      returnAll(waiting);
    }

    /** It is gone, or cannot be reached. What it had begun is not given to another yet. */
    public void leave() {
      Set<Lease> waiting;
      synchronized (Dispatcher.this) {
        members.remove(number);
        waiting = member.abandonWaiting();
      }
      returnAll(waiting);
    }
  }

  /**
   * Takes in a worker.
   *
   * @param held what it says that it holds from an earlier session
   */
  public Place join(Profile profile, Seat seat, Set<Lease> held) {
    Place place;
    synchronized (this) {
      TrackRecord record = records.computeIfAbsent(profile.name(), _ -> new TrackRecord());
      Member member = new Member(profile, seat, record, held);
      place = new Place(++lastSeat, member);
      members.put(place.number, member);
    }
    if (!held.isEmpty()) {
      renewNow(place.member);
    }
    queue.stir();
    return place;
  }

  /** It has its place in any case, and what it holds is renewed with the next round. */
  private void renewNow(Member member) {
    try {
      renew(member);
      instruct(List.of(member));
    } catch (RuntimeException outage) {
      LOG.warn("what a worker brought along is not renewed yet: {}", outage.getMessage());
    }
  }

  /** The connected workers, in the order in which they came. */
  public synchronized List<Presence> presences() {
    return members.values().stream()
        .map(member ->
            new Presence(
                member.profile(),
                member.underWay(),
                member.waitingCount(),
                member.given(),
                member.isDraining(),
                member.silence()))
        .toList();
  }

  /** Claims nothing more, and asks every worker to go when it is done. */
  public void drain() {
    draining = true;
    List<Member> asked;
    synchronized (this) {
      asked = List.copyOf(members.values());
    }
    asked.forEach(member -> member.seat().drain());
  }

  // ---- claiming

  private void work() {
    long renewed = System.nanoTime();
    long seen = queue.interventions();
    while (!closed) {
      try {
        int handedOut = handOut();
        Duration renewal = handedOut == 0 ? RENEWAL_IDLE : RENEWAL;
        long interventions = queue.interventions();
        if (interventions != seen || System.nanoTime() - renewed > renewal.toNanos()) {
          boolean intervened = interventions != seen;
          seen = interventions;
          renewAll(intervened);
          renewed = System.nanoTime();
        }
        if (handedOut == 0) {
          queue.awaitWork(LOOK);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException outage) {
        if (closed) {
          return;
        }
        LOG.warn("the queue cannot be reached, trying goes on: {}", outage.getMessage());
        pause();
      }
    }
  }

  private int handOut() {
    int claimed = 0;
    for (Map.Entry<Capabilities, Integer> wanted : wanted().entrySet()) {
      List<LeasedTask> tasks = queue.claim(wanted.getKey(), wanted.getValue(), executions, LEASE);
      claimed += tasks.size();
      tasks.forEach(listener::leased);
      Set<Lease> left = allot(tasks);
      deliver();
      returnAll(left);
    }
    return claimed + deliver();
  }

  /** For each set of capabilities, how much room its workers have. */
  private synchronized Map<Capabilities, Integer> wanted() {
    Map<Capabilities, Integer> wanted = new LinkedHashMap<>();
    if (!draining) {
      for (Member member : members.values()) {
        int room = isHeard(member) ? member.room(allocation) : 0;
        if (room > 0) {
          wanted.merge(member.profile().capabilities().matched(), room, Integer::sum);
        }
      }
    }
    return wanted;
  }

  /** Gives each task to a worker; those for which none is left are returned. */
  private synchronized Set<Lease> allot(List<LeasedTask> tasks) {
    Set<Lease> left = new HashSet<>();
    for (LeasedTask task : tasks) {
      List<Member> able =
          members.values().stream()
              .filter(member -> isHeard(member) && member.room(allocation) > 0 && member.can(task))
              .toList();
      if (able.isEmpty()) {
        left.add(task.lease());
      } else {
        allocation.choose(able, task, turn++).await(task);
      }
    }
    return left;
  }

  private static boolean isHeard(Member member) {
    return member.silence().compareTo(LONGEST_SILENCE) < 0;
  }

  /** Sends what can be begun; says how much. */
  private int deliver() {
    Map<Seat, List<LeasedTask>> deliveries = new LinkedHashMap<>();
    synchronized (this) {
      for (Member member : members.values()) {
        steal(member);
        List<LeasedTask> begun = member.begin();
        if (!begun.isEmpty()) {
          deliveries.put(member.seat(), begun);
        }
      }
    }
    deliveries.forEach(Seat::assign);
    return deliveries.values().stream().mapToInt(List::size).sum();
  }

  /** One that has room and nothing waiting takes from whoever has most waiting. */
  private void steal(Member idle) {
    while (idle.free() > idle.waitingCount()) {
      List<Member> others =
          members.values().stream()
              .filter(other -> other != idle && other.waitingCount() > 0)
              .sorted(Comparator.comparingInt(Member::waitingCount).reversed())
              .toList();
      boolean stolen = false;
      for (Member other : others) {
        var task = other.giveUpTo(idle);
        if (task.isPresent()) {
          idle.await(task.get());
          stolen = true;
          break;
        }
      }
      if (!stolen) {
        return;
      }
    }
  }

  private void returnAll(Set<Lease> leases) {
    if (leases.isEmpty()) {
      return;
    }
    try {
      queue.giveBack(leases);
    } catch (RuntimeException outage) {
      LOG.warn("leases were not given back, they end by themselves: {}", outage.getMessage());
    }
  }

  // ---- leases

  private void renewAll(boolean intervened) {
    List<Member> heard;
    synchronized (this) {
      heard = members.values().stream().filter(Dispatcher::isHeard).toList();
    }
    renew(heard.toArray(Member[]::new));
    if (intervened) {
      instruct(heard);
    }
  }

  /** Passes on what engines at work were told meanwhile. */
  private void instruct(List<Member> heard) {
    Set<Lease> all = new HashSet<>();
    synchronized (this) {
      heard.forEach(member -> all.addAll(member.leases()));
    }
    Map<Lease, List<String>> told = all.isEmpty() ? Map.of() : queue.instructions(all);
    for (Member member : heard) {
      told.forEach((lease, everything) -> {
        boolean news;
        synchronized (this) {
          news = member.isNews(lease, everything);
        }
        if (news) {
          member.seat().instruct(lease, everything);
        }
      });
    }
  }

  /** What is no longer held was withdrawn or given to another. */
  private void renew(Member... heard) {
    Set<Lease> all = new HashSet<>();
    Map<Member, Set<Lease>> before = new LinkedHashMap<>();
    synchronized (this) {
      for (Member member : heard) {
        Set<Lease> leases = member.leases();
        before.put(member, leases);
        all.addAll(leases);
      }
    }
    Set<Lease> held = all.isEmpty() ? Set.of() : queue.renew(all, LEASE);
    before.forEach((member, leases) -> {
      leases.removeAll(held);
      Set<Lease> begun;
      boolean told;
      synchronized (this) {
        begun = member.lose(leases);
        told = member.isToBeTold();
      }
      if (!begun.isEmpty()) {
        listener.lost(begun.size());
        member.seat().stop(begun);
      }
      if (told) {
        member.seat().renewed();
      }
    });
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Claims nothing more; what only waits on this server goes back. */
  @Override
  public void close() {
    closed = true;
    claimer.interrupt();
    try {
      claimer.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    Set<Lease> waiting = new HashSet<>();
    synchronized (this) {
      members.values().forEach(member -> waiting.addAll(member.abandonWaiting()));
    }
    returnAll(waiting);
  }
}
