package dev.capstan.api;

/**
 * What a job of any CI reports. Texts that are not known are empty.
 *
 * @param id of this report, by its sender: the same one is taken in once
 * @param repository its address, as it is cloned
 * @param branch as it is named there, without {@code refs/heads/}
 * @param commit 40 or 64 hexadecimal digits
 * @param name of the job
 * @param conclusion {@code passed}, {@code failed} or {@code undecided}
 * @param url where the job is shown
 * @param tests how many ran, in digits
 * @param failed how many of them failed, in digits
 * @param skipped how many were skipped, in digits
 */
public record CiResult(
    String id,
    String repository,
    String branch,
    String commit,
    String name,
    String conclusion,
    String url,
    String tests,
    String failed,
    String skipped) {
  /**
   * What became of it.
   *
   * @param taken false if it was taken in before, or is of no use
   * @param note why not; "" if it was
   */
  public record Answer(boolean taken, String note) {}
}
