package dev.capstan.workspace.toolchain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Go modules: events of {@code go test -json} and a profile of coverage. */
final class GoRule implements Rule {
  private static final Cache MODULES = Cache.named("go-mod");
  private static final Pattern MODULE =
      Pattern.compile("^\\s*(?:use\\s+)?(\\.(?:/[^\\s()]*)?)\\s*(?://.*)?$", Pattern.MULTILINE);
  private static final String EVENTS = "go-test.json";
  private static final String PROFILE = Toolchain.report("go-cover.out");

  /**
   * What is built goes to the temporary folder: the cache is read-only to a measurement, and a
   * build cache that an attempt could write would let it choose what is tested. Go itself is never
   * fetched.
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GOMODCACHE",
          MODULES.insidePath(),
          "GOCACHE",
          "/tmp/go-build",
          "GOTOOLCHAIN",
          "local",
          "GOTELEMETRY",
          "off");

  @Override
  public Optional<Toolchain> match(WorkTree tree) throws Unusable {
    Optional<String> workspace = tree.text("go.work");
    if (workspace.isEmpty() && !tree.has("go.mod")) {
      return Optional.empty();
    }
    boolean vendored = tree.has("vendor/modules.txt");
    return Optional.of(
        new Toolchain(
            "go",
            List.of(
                (workspace.isPresent() ? "go.work" : "go.mod") + " stands in the root",
                vendored ? "dependencies are in vendor" : "go mod download fetches dependencies",
                "coverage is measured by lines; Go tells no branches"),
            vendored
                ? List.of()
                : List.of(ToolCommand.online(List.of("go", "mod", "download"), ENVIRONMENT)),
            measure(packages(workspace)),
            false,
            List.of(Toolchain.report(EVENTS)),
            List.of(PROFILE),
            List.of("**/go.mod", "**/go.sum", "go.work", "go.work.sum"),
            List.of(MODULES),
            List.of("go"),
            Passed.and("GOPROXY", "GONOSUMDB", "GOSUMDB", "GOFLAGS"),
            List.of()));
  }

  /** With a workspace {@code ./...} would be the root's module alone, if there is one. */
  private static List<String> packages(Optional<String> workspace) {
    List<String> all =
        workspace.stream()
            .flatMap(text -> MODULE.matcher(text).results())
            .map(use -> use.group(1).replaceAll("/+$", "") + "/...")
            .toList();
    return all.isEmpty() ? List.of("./...") : all;
  }

  private static List<ToolCommand> measure(List<String> packages) {
    return List.of(
        ToolCommand.build(join(List.of("go", "build"), packages), ENVIRONMENT),
        ToolCommand.tests(
                join(
                    List.of("go", "test", "-json", "-count=1", "-coverprofile=" + PROFILE),
                    packages),
                ENVIRONMENT)
            .withOutput(new Output.Kept(EVENTS))
            .chosenBy(
                new Choosing.Appended(
                    List.of("go", "test", "-json", "-count=1"), Choosing.Form.FOLDERS)));
  }

  private static List<String> join(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  @Override
  public String lookedFor() {
    return "go.mod";
  }
}
