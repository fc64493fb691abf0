package dev.capstan.workspace.toolchain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which tools this machine has. */
public final class ToolProbe {
  private ToolProbe() {}

  /** A tool and what was found of it. */
  public record Tool(String name, Presence presence) {}

  /** Whether a tool is there. */
  public sealed interface Presence {
    /**
     * It is there and answers.
     *
     * @param version the line in which the tool says it
     * @param path of the program that the PATH leads to
     */
    record Found(String version, Path path) implements Presence {}

    /** It is not there, or does not answer. */
    record Missing(String howToInstall) implements Presence {}
  }

  private record Wanted(String name, String argument, String howToInstall) {}

  private static final List<Wanted> WANTED =
      List.of(
          new Wanted("git", "--version", "Install git: https://git-scm.com/downloads"),
          new Wanted("java", "-version", "Install a JDK: https://adoptium.net"),
          new Wanted("mvn", "--version", "Install Maven: https://maven.apache.org/install.html"),
          new Wanted("node", "--version", "Install Node.js 20 or newer: https://nodejs.org"),
          new Wanted("npm", "--version", "Install npm, which comes with https://nodejs.org"),
          new Wanted("go", "version", "Install Go: https://go.dev/dl"),
          new Wanted("cargo", "--version", "Install Rust: https://rustup.rs"),
          new Wanted("make", "--version", "Install make by the package manager of the system"),
          new Wanted(
              "bwrap", "--version", "Install bubblewrap, or Podman where it is not to be had"));

  /** Asks each tool for its version; takes a few seconds, as some are slow to start. */
  public static List<Tool> probe() {
    List<Tool> tools = new ArrayList<>();
    WANTED.parallelStream().map(ToolProbe::tool).forEachOrdered(tools::add);
    tools.add(pytest());
    return List.copyOf(tools);
  }

  private static Tool tool(Wanted wanted) {
    Optional<Path> path = Probe.onPath(wanted.name()).stream().findFirst();
    Optional<Presence> found =
        path.flatMap(program ->
            Probe.answer(List.of(program.toString(), wanted.argument()))
                .map(answer -> new Presence.Found(versionLine(answer), program)));
    return new Tool(
        wanted.name(), found.orElseGet(() -> new Presence.Missing(wanted.howToInstall())));
  }

  /** The first line with a digit, without colours. */
  static String versionLine(String answer) {
    return answer
        .replaceAll("\u001b\\[[0-9;]*m", "")
        .lines()
        .map(String::strip)
        .filter(line -> line.chars().anyMatch(Character::isDigit))
        .findFirst()
        .orElse("unknown version");
  }

  private static Tool pytest() {
    Python python = Python.find();
    return new Tool(
        "python3 with pytest",
        python.hasPytest()
            ? new Presence.Found("pytest " + python.pytest(), Path.of(python.executable()))
            : new Presence.Missing(
                "Install Python 3 and pytest: python3 -m pip install pytest pytest-cov"));
  }
}
