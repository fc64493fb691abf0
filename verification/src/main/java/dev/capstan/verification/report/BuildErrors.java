package dev.capstan.verification.report;

import java.util.List;
import java.util.regex.Pattern;

/** Finds the lines in which a build tool says why it ended badly. */
public final class BuildErrors {
  private static final int LISTED = 3;
  private static final int LONGEST = 300;
  private static final Pattern ESCAPES = Pattern.compile("\u001B\\[[0-9;]*[A-Za-z]");

  /** Anchored and free of nested repetition. */
  private static final Pattern ERROR =
      Pattern.compile(
          "(?:\\[ERROR\\] +\\S|npm (?:ERR!|error) +\\S|FAILURE: |\\* What went wrong|"
              + "make(?:\\[\\d+\\])?: \\*\\*\\*|(?:fatal )?error\\b).*",
          Pattern.CASE_INSENSITIVE);

  private BuildErrors() {}

  /** The first of them, at most three and each cut; else the last line that says anything. */
  public static List<String> in(List<String> lines) {
    List<String> said =
        lines.stream()
            .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
            .map(line -> ESCAPES.matcher(line).replaceAll("").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    List<String> errors =
        said.stream().filter(line -> ERROR.matcher(line).matches()).limit(LISTED).toList();
    return errors.isEmpty() ? said.subList(Math.max(0, said.size() - 1), said.size()) : errors;
  }
}
