package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A sample project in a folder, and its derived commands carried out with folders of this test. */
final class Trial {
  private final Path folder;
  final Path tree;

  Trial(Path folder) throws IOException {
    this.folder = folder;
    this.tree = Files.createDirectories(folder.resolve("tree"));
    Files.createDirectories(folder.resolve("reports"));
    Files.createDirectories(folder.resolve("home"));
  }

  Trial file(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  Toolchain found() {
    assertThat(Toolchains.detect(tree)).isInstanceOf(Detection.Found.class);
    return ((Detection.Found) Toolchains.detect(tree)).toolchain();
  }

  String broken() {
    assertThat(Toolchains.detect(tree)).isInstanceOf(Detection.Broken.class);
    return ((Detection.Broken) Toolchains.detect(tree)).message();
  }

  /** Set-up and measurement; the exit code of the last command. */
  int run(Toolchain toolchain) throws IOException, InterruptedException {
    for (ToolCommand command : toolchain.setUp()) {
      assertThat(run(toolchain, command, false)).as("exit of %s", command.argv()).isZero();
    }
    return measure(toolchain, false);
  }

  int measure(Toolchain toolchain, boolean offline) throws IOException, InterruptedException {
    int exit = 0;
    for (ToolCommand command : toolchain.measure()) {
      exit = run(toolchain, command, offline);
    }
    return exit;
  }

  private int run(Toolchain toolchain, ToolCommand command, boolean offline)
      throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(command.argv());
    argv.addAll(offline ? command.offlineArguments() : List.of());
    ProcessBuilder builder =
        new ProcessBuilder(argv.stream().map(this::outside).toList()).directory(tree.toFile());
    environment(builder.environment(), toolchain, command);
    Path log = folder.resolve("log");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectOutput(
        switch (command.standardOutputTo()) {
          case Output.Logged _ -> ProcessBuilder.Redirect.appendTo(log.toFile());
          case Output.Kept(String file) ->
              ProcessBuilder.Redirect.to(folder.resolve("reports").resolve(file).toFile());
        });
    Process process = builder.start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("ended in time: %s", argv).isTrue();
    return process.exitValue();
  }

  private void environment(
      Map<String, String> environment, Toolchain toolchain, ToolCommand command) {
    environment
        .keySet()
        .removeIf(name -> !name.equals("PATH") && !toolchain.environment().contains(name));
    environment.putIfAbsent(
        "RUSTUP_HOME", Path.of(System.getProperty("user.home"), ".rustup").toString());
    environment.put("HOME", folder.resolve("home").toString());
    command.environment().forEach((name, value) -> environment.put(name, outside(value)));
  }

  private String outside(String text) {
    return text.replace(Toolchain.REPORTS, folder.resolve("reports").toString())
        .replace("/capstan/cache", folder.resolve("cache").toString());
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /** The texts of all files that match, one after the other. */
  String texts(List<String> globs) throws IOException {
    StringBuilder texts = new StringBuilder();
    for (String glob : globs) {
      boolean report = glob.startsWith(Toolchain.REPORTS + "/");
      Path root = report ? folder.resolve("reports") : tree;
      String inner = report ? glob.substring(Toolchain.REPORTS.length() + 1) : glob;
      texts.append(texts(root, inner));
    }
    return texts.toString();
  }

  private static String texts(Path root, String glob) throws IOException {
    String anywhere = glob.startsWith("**/") ? "{" + glob.substring(3) + "," + glob + "}" : glob;
    var matcher = root.getFileSystem().getPathMatcher("glob:" + anywhere);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> Files.isRegularFile(file) && matcher.matches(root.relativize(file)))
          .sorted()
          .map(Trial::read)
          .reduce("", String::concat);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
