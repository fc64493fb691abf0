package dev.capstan.sandbox;

import java.time.Duration;

/**
 * When a command is killed. They hold for all processes in the sandbox together.
 *
 * @param time on the wall clock
 * @param memoryBytes resident, shared pages counted once; looked at several times a second, so a
 *     fast command overshoots before it is killed
 * @param processes processes and threads
 * @param diskBytes how much the writable binds may grow; a sparse file counts with its full length
 * @param outputBytes on both streams
 */
public record Limits(
    Duration time, long memoryBytes, int processes, long diskBytes, long outputBytes) {
  private static final long MEBIBYTE = 1L << 20;

  /** Half an hour, 4 GiB of memory, 2,048 tasks, 10 GiB on disk, 64 MiB of output. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofMinutes(30), 4096 * MEBIBYTE, 2048, 10 * 1024 * MEBIBYTE, 64 * MEBIBYTE);

  public Limits {
    if (!time.isPositive()
        || memoryBytes <= 0
        || processes <= 0
        || diskBytes <= 0
        || outputBytes <= 0) {
      throw new IllegalArgumentException("every limit must be positive");
    }
  }

  /** The same with another time limit. */
  public Limits withTime(Duration other) {
    return new Limits(other, memoryBytes, processes, diskBytes, outputBytes);
  }

  /** The same with another limit on memory. */
  public Limits withMemoryBytes(long other) {
    return new Limits(time, other, processes, diskBytes, outputBytes);
  }

  /** The same with another limit on processes and threads. */
  public Limits withProcesses(int other) {
    return new Limits(time, memoryBytes, other, diskBytes, outputBytes);
  }

  /** The same with another limit on what is written. */
  public Limits withDiskBytes(long other) {
    return new Limits(time, memoryBytes, processes, other, outputBytes);
  }

  /** The same with another limit on what is printed. */
  public Limits withOutputBytes(long other) {
    return new Limits(time, memoryBytes, processes, diskBytes, other);
  }
}
