package dev.capstan.workspace.toolchain;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out how a work tree is built and tested. Reads only; starts nothing of the repository. */
public final class Toolchains {
  private static final List<Rule> RULES =
      List.of(new MavenRule(), new NpmRule(), new PytestRule(Python::find), new MakeRule());

  private Toolchains() {}

  /**
   * The toolchain told by {@code .capstan/config.yaml}, else the first that the files show.
   *
   * @throws java.io.UncheckedIOException when the work tree cannot be read
   */
  public static Detection detect(Path workTree) {
    WorkTree tree = new WorkTree(workTree);
    try {
      return bySigns(tree);
    } catch (Unusable file) {
      return new Detection.Broken(file.problem());
    }
  }

  private static Detection bySigns(WorkTree tree) throws Unusable {
    List<Toolchain> found = new ArrayList<>();
    for (Rule rule : RULES) {
      Optional<Toolchain> match = rule.match(tree);
      match.ifPresent(found::add);
    }
    return found.isEmpty() ? nothing() : new Detection.Found(found.getFirst());
  }

  private static Detection nothing() {
    String lookedFor = RULES.stream().map(Rule::lookedFor).collect(Collectors.joining(", "));
    return new Detection.Nothing("Looked for " + lookedFor);
  }
}
