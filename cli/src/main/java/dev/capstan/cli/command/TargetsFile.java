package dev.capstan.cli.command;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.capstan.api.CreateCampaign.Predicate;
import dev.capstan.api.CreateCampaign.Target;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The repositories of a campaign as a YAML file: docs/campaigns.md describes it. */
final class TargetsFile {
  private TargetsFile() {}

  /**
   * What it says. Paths of repositories are absolute.
   *
   * @param goal "" if it has none
   */
  record Read(String goal, List<Target> targets, Predicate done) {}

  private record Document(
      @Nullable String goal, @Nullable List<@Nullable Entry> targets, @Nullable Done done) {}

  private record Done(@Nullable String files, @Nullable String pattern) {}

  /** A text is a repository. */
  private record Entry(@Nullable String repo, @Nullable String base) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    Entry {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Entry of(String repo) {
      return new Entry(repo, null);
    }
  }

  static Read read(Path file) throws IOException {
    Document document = YamlFile.read(file, Document.class);
    if (document == null || document.targets() == null || document.targets().isEmpty()) {
      throw wrong(file + ": it needs targets, a list of repositories");
    }
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    List<Target> targets = new ArrayList<>();
    for (Entry entry : document.targets()) {
      targets.add(target(file, folder, targets.size() + 1, entry));
    }
    return new Read(
        Objects.requireNonNullElse(document.goal(), ""), targets, predicate(document.done()));
  }

  /** A repository that is not there is the campaign's to tell, so that it stops no other. */
  private static Target target(Path file, Path folder, int number, @Nullable Entry entry) {
    if (entry == null || entry.repo() == null || entry.repo().isBlank()) {
      throw wrong(file + ": target " + number + " names no repository");
    }
    String repo = entry.repo();
    try {
      String source = Wish.isUrl(repo) ? repo : folder.resolve(repo).normalize().toString();
      return new Target(source, Objects.requireNonNullElse(entry.base(), ""));
    } catch (InvalidPathException _) {
      throw wrong(file + ": target " + number + " is no path and no URL: " + repo);
    }
  }

  private static Predicate predicate(@Nullable Done done) {
    return done == null
        ? new Predicate("", "")
        : new Predicate(
            Objects.requireNonNullElse(done.files(), ""),
            Objects.requireNonNullElse(done.pattern(), ""));
  }

  private static ApiFailure wrong(String message) {
    return new ApiFailure(ErrorCode.INVALID, message);
  }
}
