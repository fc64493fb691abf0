package dev.capstan.verification;

import dev.capstan.verification.Submission.Sources;
import java.util.List;

/** Mutation tools that a project has and that are not run yet. */
final class OtherMutationTools {
  /** A tool shows by words in a file of the root. */
  private record Sign(String tool, String file, String words) {}

  private static final List<Sign> SIGNS =
      List.of(
          new Sign("Stryker", "package.json", "\"@stryker-mutator/"),
          new Sign("mutmut", "pyproject.toml", "mutmut"),
          new Sign("mutmut", "setup.cfg", "[mutmut]"),
          new Sign("mutmut", "requirements-dev.txt", "mutmut"),
          new Sign("cosmic-ray", "pyproject.toml", "cosmic-ray"),
          new Sign("cosmic-ray", "cosmic-ray.toml", "[cosmic-ray]"),
          new Sign("cargo-mutants", ".cargo/mutants.toml", ""),
          new Sign("PIT for Gradle", "build.gradle", "info.solidsoft.pitest"),
          new Sign("PIT for Gradle", "build.gradle.kts", "info.solidsoft.pitest"));

  private OtherMutationTools() {}

  /** The end of a sentence; empty if there is none. */
  static String inWords(Sources sources) {
    List<String> tools =
        SIGNS.stream()
            .filter(sign ->
                sources.text(sign.file()).filter(text -> text.contains(sign.words())).isPresent())
            .map(Sign::tool)
            .distinct()
            .toList();
    return tools.isEmpty()
        ? ""
        : "; the project has " + String.join(" and ", tools) + ", which is not run yet";
  }
}
