package dev.capstan.cli.command;

import dev.capstan.workspace.toolchain.Detection;
import dev.capstan.workspace.toolchain.ToolCommand;
import dev.capstan.workspace.toolchain.Toolchain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code .capstan/config.yaml} in which every line is a comment: it changes nothing before a
 * person has looked at it.
 */
final class ConfigTemplate {
  private static final String EXAMPLE =
      """
      toolchain:
        set_up:
          - [npm, ci, --ignore-scripts]
        measure:
          - [make, test]
        reports: ["**/junit.xml"]
        coverage: ["**/lcov.info"]
      """;

  private ConfigTemplate() {}

  static String of(Detection detection) {
    List<String> lines = new ArrayList<>();
    lines.add("How Capstan builds and tests this repository. Each key that is given takes the");
    lines.add("place of what was found; see docs/configuration.md of Capstan.");
    lines.add("");
    switch (detection) {
      case Detection.Found(var toolchain) -> lines.addAll(found(toolchain));
      case Detection.Nothing _ -> {
        lines.add("No toolchain was found. Fill this in and take the # away:");
        lines.addAll(EXAMPLE.lines().toList());
      }
      case Detection.Broken(var message) -> {
        lines.add(message);
        lines.addAll(EXAMPLE.lines().toList());
      }
    }
    return lines.stream()
        .flatMap(line -> line.isEmpty() ? Stream.of(line) : line.lines())
        .map(line -> ("# " + line.replaceAll("\\p{Cntrl}", " ")).stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> found(Toolchain toolchain) {
    List<String> lines = new ArrayList<>();
    lines.add("Found: " + toolchain.name());
    toolchain.because().forEach(reason -> lines.add("- " + reason));
    lines.add("");
    lines.add("toolchain:");
    commands(lines, "set_up", toolchain.setUp());
    commands(lines, "measure", toolchain.measure());
    lines.add("  reports: " + words(toolchain.reportGlobs()));
    lines.add("  coverage: " + words(toolchain.coverageGlobs()));
    lines.add("  fingerprint: " + words(toolchain.fingerprint()));
    return lines;
  }

  private static void commands(List<String> lines, String key, List<ToolCommand> commands) {
    if (!commands.isEmpty()) {
      lines.add("  " + key + ":");
      commands.forEach(command -> lines.add("    - " + words(command.argv())));
    }
  }

  private static String words(List<String> words) {
    return words.stream().map(ConfigTemplate::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** As YAML reads it. */
  private static String quoted(String word) {
    if (word.matches("[A-Za-z0-9_./][A-Za-z0-9_./=-]*")) {
      return word;
    }
    String escaped =
        word.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
    return '"' + escaped + '"';
  }
}
