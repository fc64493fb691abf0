package dev.capstan.worker;

import dev.capstan.verification.Measurement;
import java.time.Duration;

/** When the tests nearest to a change are run before all of them. */
public enum NearestFirst {
  /** When they are expected to add at most a tenth to what measuring takes. */
  WHEN_IT_PAYS {
    @Override
    int most(Measurement before, int all) {
      long whole = before.took().toMillis();
      long tests = Math.min(whole, before.testTime().toMillis());
      long build = Math.max(whole - tests, LEAST_BUILD.toMillis());
      long left = whole / WORTH - build;
      return before.testTime().compareTo(LEAST) < 0 ? 0 : (int) (all * left / tests);
    }
  },
  /** Whenever it can be done, at most a third of the test files. */
  ALWAYS {
    @Override
    int most(Measurement before, int all) {
      return all / SHARE;
    }
  },
  NEVER {
    @Override
    int most(Measurement before, int all) {
      return 0;
    }
  };

  private static final Duration LEAST = Duration.ofSeconds(20);

  /** Tests that ran side by side hide how long the build took; Maven is seldom faster. */
  private static final Duration LEAST_BUILD = Duration.ofSeconds(8);

  /** One in so many: of the time, and of the files. A good change pays for it each time. */
  private static final int WORTH = 10;

  private static final int SHARE = 3;

  /**
   * How many test files may be run first, 0 or less for none. Each is taken to need as long as any
   * other, and all of the build.
   *
   * @param before how the commit before was measured
   * @param all how many test files there are
   */
  abstract int most(Measurement before, int all);
}
