package dev.capstan.bench;

/**
 * How much is measured in a round.
 *
 * @param runs of five steps
 * @param steps of the one large run
 * @param jobs each peer performs
 * @param samples of the latency
 * @param warmUp samples that are thrown away before them
 */
record Sizes(int runs, int steps, int jobs, int samples, int warmUp) {
  static final Sizes FULL = new Sizes(1_000, 1_000, 5_000, 300, 30);
  static final Sizes WARM_UP = new Sizes(200, 100, 1_000, 20, 5);

  /** Fewer, for one that takes tens of milliseconds for each job. */
  Sizes ofSlowPeer() {
    return new Sizes(runs, steps, jobs / 10, samples / 5, warmUp);
  }
}
