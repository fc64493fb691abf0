package dev.capstan.engines;

import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine.Result;
import dev.capstan.sandbox.OutputListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Listens for the conflicts that git tells of, so that a failed merge or revert can name them. */
final class Conflicts implements OutputListener {
  private static final int MOST = 50;
  private static final int LONGEST = 1_000;
  private static final Pattern CONFLICT =
      Pattern.compile("CONFLICT \\([^()]{1,60}\\): (?:Merge conflict in (.+)|(\\S+) .*)");

  private final OutputListener next;
  private final List<Violation> found = new CopyOnWriteArrayList<>();

  Conflicts(OutputListener next) {
    this.next = next;
  }

  @Override
  public void line(Stream stream, String line) {
    if (found.size() < MOST && line.length() <= LONGEST && line.startsWith("CONFLICT (")) {
      Matcher matcher = CONFLICT.matcher(line);
      if (matcher.matches()) {
        String path = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        found.add(new Violation(Category.CONFLICT, path, line));
      }
    }
    next.line(stream, line);
  }

  /** The result, with the paths that conflict if it failed. */
  Result named(Result result) {
    return switch (result) {
      case Result.Failed(var failure) when !found.isEmpty() -> new Result.Failed(named(failure));
      case Result.Failed _, Result.Done _, Result.Asks _, Result.Stopped _ -> result;
    };
  }

  private Failure named(Failure failure) {
    String paths = found.stream().map(Violation::subject).collect(Collectors.joining(", "));
    return new Failure(
        failure.kind(), failure.message() + "; git found conflicts in " + paths, found);
  }
}
