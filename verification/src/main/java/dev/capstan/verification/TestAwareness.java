package dev.capstan.verification;

import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.frozen.JudgeFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code that newly looks at who calls it. What it does in a test then says nothing of what it does
 * elsewhere.
 *
 * @param found the words in the source
 * @param ofTests it names a test tool, so that no other reason is left; else it looks at its
 *     callers
 */
record TestAwareness(String path, String found, boolean ofTests) {
  private static final int LARGEST = 1 << 20;
  private static final Pattern TOOLS =
      Pattern.compile(
          "PYTEST_CURRENT_TEST|[\"']_?pytest[\"'] *in +sys\\.modules|sys\\.modules.{0,20}[\"'](?:pytest|unittest)[\"']"
              + "|NODE_TEST_CONTEXT|JEST_WORKER_ID|VITEST_WORKER_ID|process\\.env\\.VITEST\\b"
              + "|NODE_ENV.{0,8}[\"']test[\"']|testing\\.Testing\\(\\)|flag\\.Lookup\\(\"test\\."
              + "|cfg!\\(test\\)|surefire\\.(?:test|real)|org\\.gradle\\.test\\.worker"
              + "|/capstan/reports|Class\\.forName\\(\"org\\.junit|[\"']org\\.junit[\\w.]*[\"']");
  private static final Pattern CALLERS =
      Pattern.compile(
          "getStackTrace\\(|StackWalker|inspect\\.(?:stack|currentframe|getouterframes)|sys\\._getframe"
              + "|traceback\\.(?:extract_stack|format_stack)|new Error\\([^)]{0,40}\\)\\.stack|captureStackTrace"
              + "|prepareStackTrace|runtime\\.Callers?\\(|arguments\\.callee");
  private static final Pattern NAMES_TESTS =
      Pattern.compile(
          "[\"'`/][^\"'`\\n]{0,60}(?i:test|spec|junit|surefire)[^\"'`\\n]{0,60}[\"'`/]");

  /** In the files that the change touched, tests excepted. */
  static List<TestAwareness> of(Submission submission) {
    List<TestAwareness> found = new ArrayList<>();
    for (Changed change : submission.changes()) {
      boolean code =
          (change.kind() == Changed.Kind.ADDED || change.kind() == Changed.Kind.MODIFIED)
              && !change.binary()
              && JudgeFiles.kindOf(change.path()).isEmpty();
      Optional<String> now = code ? submission.now().text(change.path()) : Optional.empty();
      now.filter(text -> text.length() <= LARGEST)
          .flatMap(text -> of(change.path(), before(submission, change.path()), text))
          .ifPresent(found::add);
    }
    return found;
  }

  private static String before(Submission submission, String path) {
    return submission.before().text(path).orElse("");
  }

  private static Optional<TestAwareness> of(String path, String before, String now) {
    Optional<String> tool = added(TOOLS, before, now);
    if (tool.isPresent()) {
      return Optional.of(new TestAwareness(path, tool.get(), true));
    }
    boolean namesTests = added(NAMES_TESTS, before, now).isPresent();
    return added(CALLERS, before, now).map(words -> new TestAwareness(path, words, namesTests));
  }

  /** The last one, if there are more than before. */
  private static Optional<String> added(Pattern pattern, String before, String now) {
    long old = pattern.matcher(before).results().count();
    Matcher matcher = pattern.matcher(now);
    String last = "";
    long count = 0;
    while (matcher.find()) {
      last = matcher.group();
      count++;
    }
    return count > old ? Optional.of(last) : Optional.empty();
  }
}
