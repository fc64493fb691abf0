package dev.capstan.verification.report;

/** A report that cannot be read; the message says why, without the file's name. */
public final class UnreadableReport extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableReport(String reason) {
    super(reason);
  }
}
