package dev.capstan.engines.codemod;

import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine;
import dev.capstan.engines.TreeFiles;
import dev.capstan.engines.codemod.Codemod.Declared;
import dev.capstan.engines.codemod.Codemod.Limits;
import dev.capstan.engines.codemod.Codemod.Reply;
import dev.capstan.sandbox.OutputListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applies a codemod to each file of the step's scope that it is for. It runs in this process, but
 * in WebAssembly: it sees the text that it is given, and nothing else.
 *
 * <p>Arguments are the script, which was sent along or comes with Capstan, and {@code name=value}
 * for each option.
 */
public final class CodemodEngine implements Engine {
  /** The name by which plans call it. */
  public static final String NAME = "codemod";

  private static final Pattern OPTION = Pattern.compile("(?s)([A-Za-z][A-Za-z0-9_-]*)=(.*)");

  private final Path files;
  private final Limits limits;

  /**
   * An engine.
   *
   * @param files where a plan says that files sent along are
   */
  public CodemodEngine(Path files, Limits limits) {
    this.files = files;
    this.limits = limits;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refuses(Work work) {
    if (work.arguments().isEmpty()) {
      return Optional.of("it names no script");
    }
    Optional<String> missing = missing(work);
    if (missing.isPresent()) {
      return missing;
    }
    List<String> given = work.arguments().subList(1, work.arguments().size());
    for (String option : given) {
      if (!OPTION.matcher(option).matches()) {
        return Optional.of(
            "\"" + option + "\" is not an option: name=value, of letters and digits");
      }
    }
    return options(work).size() < given.size()
        ? Optional.of("an option is given twice")
        : Optional.empty();
  }

  private Optional<String> missing(Work work) {
    String named = work.arguments().getFirst();
    if (BundledCodemods.isMeant(named)) {
      return BundledCodemods.source(named).isPresent()
          ? Optional.empty()
          : Optional.of("no codemod \"" + named + "\" comes with Capstan");
    }
    Path script = Path.of(named);
    return script.startsWith(files)
            && script.getNameCount() == files.getNameCount() + 1
            && work.files().containsKey(String.valueOf(script.getFileName()))
        ? Optional.empty()
        : Optional.of("the script \"" + script + "\" was not sent along");
  }

  private static Map<String, String> options(Work work) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : work.arguments().subList(1, work.arguments().size())) {
      Matcher parts = OPTION.matcher(option);
      if (parts.matches()) {
        options.put(parts.group(1), parts.group(2));
      }
    }
    return options;
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    Optional<String> refused = refuses(job.work());
    if (refused.isPresent()) {
      return new Result.Failed(Failure.terminal("codemod: " + refused.get()));
    }
    String name = String.valueOf(Path.of(job.work().arguments().getFirst()).getFileName());
    try {
      return new Pass(name, job, output).go();
    } catch (InterruptedException stopped) {
      return new Result.Stopped();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("codemod " + name, unreadable);
    }
  }

  /** One codemod over one tree. */
  private final class Pass {
    private final String name;
    private final Job job;
    private final OutputListener output;
    private final long end;

    Pass(String name, Job job, OutputListener output) {
      this.name = name;
      this.job = job;
      this.output = output;
      this.end = System.nanoTime() + job.work().timeLimit().toNanos();
    }

    Result go() throws IOException, InterruptedException {
      Optional<String> bundled = BundledCodemods.source(job.work().arguments().getFirst());
      if (bundled.isPresent()) {
        return over(new Codemod(bundled.get(), options(job.work()), limits));
      }
      Path script = job.files().get(name);
      if (script == null) {
        return new Result.Failed(Failure.terminal("codemod " + name + " was not sent along"));
      }
      return switch (TextFile.read(script, limits.text())) {
        case TextFile.Unfit(var why) ->
            failed(Failure.Kind.TERMINAL, Trouble.ERROR, name, "the script is " + why);
        case TextFile.Text(var source) -> over(new Codemod(source, options(job.work()), limits));
      };
    }

    private Result over(Codemod codemod) throws IOException, InterruptedException {
      return switch (codemod.files(job.work().timeLimit())) {
        case Codemod.Failed(var trouble, var why) ->
            failed(Failure.Kind.TERMINAL, trouble, name, why);
        case Declared.Files(var globs) -> over(codemod, globs);
      };
    }

    private Result over(Codemod codemod, Scope globs) throws IOException, InterruptedException {
      int changed = 0;
      List<String> paths =
          TreeFiles.in(job.tree(), job.purpose().scope()).stream().filter(globs::allows).toList();
      for (String path : paths) {
        switch (one(codemod, path)) {
          case Reply.Changed _ -> {
            changed++;
            say(path + " changed");
          }
          case Reply.Unchanged _ -> {}
          case Codemod.Failed(var trouble, var why) -> {
            return failed(Failure.Kind.RECOVERABLE, trouble, path, why);
          }
        }
      }
      say("%d of %d files changed".formatted(changed, paths.size()));
      return new Result.Done();
    }

    private Reply one(Codemod codemod, String path) throws IOException, InterruptedException {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (!left.isPositive()) {
        return new Codemod.Failed(
            Trouble.TIME,
            "not reached within "
                + job.work().timeLimit().toSeconds()
                + " s, the step's time limit");
      }
      Path file = job.tree().resolve(path);
      return switch (TextFile.read(file, limits.text())) {
        case TextFile.Unfit(var why) -> unfit("it is " + why);
        case TextFile.Text(var text) ->
            switch (codemod.transform(path, text, left, line -> say(path + ": " + line))) {
              case Reply.Changed changed -> written(file, changed);
              case Reply.Unchanged unchanged -> unchanged;
              case Codemod.Failed failed -> failed;
            };
      };
    }

    private Reply written(Path file, Reply.Changed changed) throws IOException {
      return switch (TextFile.write(file, changed.text(), limits.text())) {
        case TextFile.Text _ -> changed;
        case TextFile.Unfit(var why) -> unfit("its new text is " + why);
      };
    }

    private static Reply unfit(String why) {
      return new Codemod.Failed(
          Trouble.ERROR, why + "; leave the file out of the codemod's files or the step's scope");
    }

    private void say(String line) {
      output.line(OutputListener.Stream.OUT, line);
    }

    private Result failed(Failure.Kind kind, Trouble trouble, String where, String why) {
      String message = "codemod " + name + (where.equals(name) ? "" : ", " + where) + ": " + why;
      List<Violation> violations =
          switch (trouble) {
            case ERROR -> List.of();
            case TIME -> List.of(new Violation(Category.TIME_OUT, where, why));
            case MEMORY -> List.of(new Violation(Category.LIMIT, where, why));
          };
      return new Result.Failed(new Failure(kind, message, violations));
    }
  }
}
