package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the commands that run only some test files. Names come from an untrusted repository: one
 * that a tool could read as anything but a name is left out.
 */
public final class ChosenTests {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./@+-]{0,300}");
  private static final Pattern CLASS = Pattern.compile("[A-Za-z0-9_/]{1,300}");
  private static final Pattern SOURCE_ROOT =
      Pattern.compile("(?:^|.*/)src/[a-zA-Z0-9_-]+/(?:java|kotlin|groovy|scala)/(.+)\\.[a-z]+");
  private static final Pattern RUST_TARGET = Pattern.compile("(?:.*/)?tests/(\\w+)(?:/main)?\\.rs");
  private static final Pattern RUST_MODULE = Pattern.compile("(?:.*/)?src/(.+?)(?:/mod)?\\.rs");

  private ChosenTests() {}

  /** What came of choosing. */
  public sealed interface Choice {
    /**
     * How the chosen tests are run.
     *
     * @param toolchain the same with fewer tests; what it covers and analyses says nothing
     * @param files those that it will run
     */
    record Chosen(Toolchain toolchain, List<String> files) implements Choice {
      public Chosen {
        files = List.copyOf(files);
      }
    }

    /** It cannot be done. */
    record Not(String why) implements Choice {}
  }

  /** Chooses these files, of which the first matter most. */
  public static Choice of(Toolchain toolchain, List<String> files) {
    List<ToolCommand> commands = new ArrayList<>();
    List<String> chosen = List.of();
    for (ToolCommand command : toolchain.measure()) {
      switch (command.choosing()) {
        case Choosing.NoTests() -> commands.add(command);
        case Choosing.Impossible(String why) -> {
          return new Choice.Not(why);
        }
        case Choosing.Appended(var argv, var form) -> {
          chosen =
              sameKind(files, form).stream().filter(file -> !names(file, form).isEmpty()).toList();
          commands.add(command.choosing(join(argv, words(chosen, form))));
        }
      }
    }
    return chosen.isEmpty()
        ? new Choice.Not("no chosen test has a name that " + toolchain.name() + " could be given")
        : new Choice.Chosen(toolchain.measuring(commands), chosen);
  }

  /** Cargo runs targets or modules of the library at one time: those of the first file. */
  private static List<String> sameKind(List<String> files, Choosing.Form form) {
    if (form != Choosing.Form.CARGO || files.isEmpty()) {
      return files;
    }
    boolean target = RUST_TARGET.matcher(files.getFirst()).matches();
    return files.stream().filter(file -> RUST_TARGET.matcher(file).matches() == target).toList();
  }

  private static List<String> words(List<String> files, Choosing.Form form) {
    List<String> names =
        files.stream().flatMap(file -> names(file, form).stream()).distinct().toList();
    return switch (form) {
      case FILES, FOLDERS -> names;
      case MAVEN ->
          List.of(
              "-Dtest=" + String.join(",", names),
              "-Dsurefire.failIfNoSpecifiedTests=false",
              "test");
      case GRADLE -> names.stream().flatMap(name -> Stream.of("--tests", name)).toList();
      case CARGO ->
          names.getFirst().startsWith("--test=") ? names : join(List.of("--lib", "--"), names);
    };
  }

  /** None or one. */
  private static List<String> names(String file, Choosing.Form form) {
    if (!PLAIN.matcher(file).matches()) {
      return List.of();
    }
    Optional<String> name =
        switch (form) {
          case FILES -> Optional.of(file);
          case FOLDERS -> Optional.of(folder(file));
          case MAVEN -> className(file);
          case GRADLE -> className(file).map(path -> path.replace('/', '.'));
          case CARGO -> cargo(file);
        };
    return name.stream().toList();
  }

  private static String folder(String file) {
    int slash = file.lastIndexOf('/');
    return slash < 0 ? "." : "./" + file.substring(0, slash);
  }

  private static Optional<String> className(String file) {
    var placed = SOURCE_ROOT.matcher(file);
    return placed.matches() && CLASS.matcher(placed.group(1)).matches()
        ? Optional.of(placed.group(1))
        : Optional.empty();
  }

  private static Optional<String> cargo(String file) {
    var target = RUST_TARGET.matcher(file);
    var module = RUST_MODULE.matcher(file);
    if (target.matches()) {
      return Optional.of("--test=" + target.group(1));
    }
    boolean inLibrary = module.matches() && !module.group(1).matches("(?:lib|main|bin/.*)");
    return inLibrary ? Optional.of(module.group(1).replace("/", "::") + "::") : Optional.empty();
  }

  private static List<String> join(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
