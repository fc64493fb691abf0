package dev.capstan.workspace.toolchain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** make, with a target that tests. It must leave JUnit XML in the work tree or write TAP. */
final class MakeRule implements Rule {
  private static final Pattern TARGET =
      Pattern.compile("^(test|check)[ \\t]*::?(?!=)", Pattern.MULTILINE);
  private static final String TAP = "stdout.tap";

  @Override
  public Optional<Toolchain> match(WorkTree tree) throws Unusable {
    for (String file : List.of("GNUmakefile", "makefile", "Makefile")) {
      Optional<String> text = tree.text(file);
      if (text.isPresent()) {
        return target(text.get()).map(target -> toolchain(file, target));
      }
    }
    return Optional.empty();
  }

  /** The target test, else check. */
  private static Optional<String> target(String text) {
    List<String> targets =
        TARGET.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
    return Stream.of("test", "check").filter(targets::contains).findFirst();
  }

  private static Toolchain toolchain(String file, String target) {
    // Silent, so that the output of tests stands alone.
    ToolCommand command =
        ToolCommand.tests(List.of("make", "-s", "--no-print-directory", target), Map.of())
            .withOutput(new Output.Kept(TAP))
            .chosenBy(new Choosing.Impossible("make has no way to name tests"));
    return new Toolchain(
        "make",
        List.of(file + " has the target " + target, "JUnit XML in the work tree or TAP is read"),
        List.of(),
        List.of(command),
        false,
        List.of(
            Toolchain.report(TAP), "**/junit*.xml", "**/TEST-*.xml", "**/test-results/**/*.xml"),
        List.of("**/lcov.info", "**/coverage.xml", "**/cobertura.xml"),
        List.of("GNUmakefile", "makefile", "Makefile"),
        List.of(),
        List.of("make"),
        Passed.and("CC", "CXX"),
        List.of());
  }

  @Override
  public String lookedFor() {
    return "a Makefile with a target test or check";
  }
}
