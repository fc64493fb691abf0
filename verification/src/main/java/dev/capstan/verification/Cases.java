package dev.capstan.verification;

import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.report.ReportedCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each reported case an id of its own that is the same in another clone. */
final class Cases {
  private static final int LONGEST_ID = 1_000;
  private static final int LONGEST_MESSAGE = 2_000;

  private final Folders folders;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> occurrences = new HashMap<>();

  private Cases(Folders folders) {
    this.folders = folders;
  }

  static List<TestCase> named(List<ReportedCase> reported, Folders folders) {
    Cases cases = new Cases(folders);
    List<TestCase> named = new ArrayList<>(reported.size());
    for (ReportedCase test : reported) {
      named.add(cases.named(test));
    }
    return named;
  }

  private TestCase named(ReportedCase test) {
    String name = test.group().isEmpty() ? test.name() : test.group() + " > " + test.name();
    String message = folders.withoutPaths(test.message()).strip();
    return new TestCase(
        unique(shortened(folders.withoutPaths(name))),
        status(test.outcome()),
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…",
        test.took());
  }

  private String unique(String id) {
    String candidate = id;
    while (!taken.add(candidate)) {
      candidate = id + " #" + occurrences.merge(id, 2, (count, _) -> count + 1);
    }
    return candidate;
  }

  /** What is cut off still tells two ids apart. */
  private static String shortened(String id) {
    return id.length() <= LONGEST_ID
        ? id
        : id.substring(0, LONGEST_ID) + "… " + Integer.toHexString(id.hashCode());
  }

  private static Status status(ReportedCase.Outcome outcome) {
    return switch (outcome) {
      case PASSED -> Status.PASSED;
      case FAILED -> Status.FAILED;
      case ERROR -> Status.ERROR;
      case SKIPPED -> Status.SKIPPED;
    };
  }
}
