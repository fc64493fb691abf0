package dev.capstan.control.dispatch;

import dev.capstan.control.LeasedTask;
import java.util.Comparator;
import java.util.List;

/** Which of the workers that can do a task, and have room for it, gets it. */
public enum Allocation {
  /** The one with the smallest part of its capacity in use. */
  LEAST_LOADED {
    @Override
    Member choose(List<Member> able, LeasedTask task, long turn) {
      return able.stream().min(Comparator.comparingDouble(Member::load)).orElseThrow();
    }
  },

  /** One after another, however busy. */
  ROUND_ROBIN {
    @Override
    Member choose(List<Member> able, LeasedTask task, long turn) {
      return able.get((int) (turn % able.size()));
    }
  },

  /**
   * The one that is expected to be done with it first, from how long such tasks took it and how
   * often it failed at them. One that was never tried is tried.
   */
  LEARNT {
    @Override
    Member choose(List<Member> able, LeasedTask task, long turn) {
      return able.stream()
          .min(
              Comparator.comparingDouble((Member member) -> member.expectedSeconds(task))
                  .thenComparingDouble(Member::load))
          .orElseThrow();
    }
  },

  /**
   * As least loaded, but each worker also has tasks that wait for it on the server, and one that
   * runs out takes from whoever has most. Fewer claims for many short tasks.
   */
  WORK_STEALING {
    @Override
    Member choose(List<Member> able, LeasedTask task, long turn) {
      return able.stream().min(Comparator.comparingDouble(Member::load)).orElseThrow();
    }

    @Override
    int backlog(int capacity) {
      return capacity;
    }
  };

  /**
   * One of them.
   *
   * @param able not empty, in the order in which they came
   * @param turn counts the choices of this server
   */
  abstract Member choose(List<Member> able, LeasedTask task, long turn);

  /** How many tasks may wait on the server for a worker of that capacity. */
  int backlog(int capacity) {
    return 0;
  }
}
