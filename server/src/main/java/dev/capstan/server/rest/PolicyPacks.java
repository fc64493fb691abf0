package dev.capstan.server.rest;

import dev.capstan.control.records.Policies;
import dev.capstan.core.ProjectId;
import dev.capstan.core.policy.BuiltInPacks;
import dev.capstan.core.policy.Pack;
import dev.capstan.core.policy.Policy;
import dev.capstan.workspace.toolchain.PolicyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The policy packs of an installation: the built-in ones, and its own in {@code policies/*.yaml} of
 * the data folder, read anew each time.
 */
public final class PolicyPacks {
  private final YamlFolder folder;
  private final Policies choices;

  public PolicyPacks(Path folder, Policies choices) {
    this.folder = new YamlFolder(folder, "policy");
    this.choices = choices;
  }

  /** All of them; throws {@link IllegalArgumentException} if a file cannot be understood. */
  List<Pack> all() {
    List<Pack> all = new ArrayList<>(BuiltInPacks.all());
    for (Path file : folder.files()) {
      all.add(own(file));
    }
    return all;
  }

  private Pack own(Path file) {
    String name = YamlFolder.name(file);
    if (BuiltInPacks.all().stream().anyMatch(pack -> pack.name().equals(name))) {
      throw ApiException.invalid(
          file + " has the name of a built-in policy pack; rename it, and extend that one");
    }
    return PolicyFile.pack(name, folder.text(file));
  }

  /** The pack of that name. Only its own file is read. */
  Pack find(String name) {
    return BuiltInPacks.all().stream()
        .filter(pack -> pack.name().equals(name))
        .findFirst()
        .orElseGet(() ->
            folder
                .find(name)
                .map(this::own)
                .orElseThrow(() ->
                    ApiException.notFound(
                        "there is no policy pack "
                            + name
                            + "; capstan policy list shows them, and own ones are files in "
                            + folder)));
  }

  /** What holds for a project before its repository and its plans ask for more. */
  Policy policy(ProjectId project) {
    return Policy.of(find(choices.of(project).or(choices::usual).orElse(BuiltInPacks.STANDARD)));
  }

  /** What holds for a project that nobody has named. */
  Policy usual() {
    return Policy.of(find(choices.usual().orElse(BuiltInPacks.STANDARD)));
  }

  void choose(ProjectId project, String pack) {
    choices.choose(project, find(pack).name());
  }

  void chooseUsual(String pack) {
    choices.chooseUsual(find(pack).name());
  }
}
