package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.workspace.toolchain.Detection;
import dev.capstan.workspace.toolchain.Toolchains;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The files that a repository starts with. */
final class Scaffold {
  private final Path root;

  Scaffold(Path root) {
    this.root = root;
  }

  /**
   * One file.
   *
   * @param path relative to the root
   * @param isThere true if something stands there already, which is never changed
   */
  record Draft(String path, String text, boolean isThere) {}

  List<Draft> drafts() {
    Detection detection = Toolchains.detect(root);
    List<Draft> drafts = new ArrayList<>();
    drafts.add(draft(".capstan/config.yaml", ConfigTemplate.of(detection)));
    drafts.add(draft(".capstan/plan.yaml", template("plan.yaml")));
    drafts.add(draft(".capstan/ci.sh", template("ci.sh")));
    drafts.add(draft(".capstan/report.sh", template("report.sh")));
    drafts.add(draft(".github/workflows/capstan.yml", template("github.yml")));
    drafts.add(draft(".gitlab/capstan.gitlab-ci.yml", template("gitlab.yml")));
    return List.copyOf(drafts);
  }

  private Draft draft(String path, String text) {
    return new Draft(path, text, Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS));
  }

  void write(List<Draft> drafts) throws IOException {
    for (Draft draft : drafts) {
      Path file = root.resolve(draft.path());
      Path parent = Objects.requireNonNull(file.getParent());
      refuseLinks(root.relativize(parent));
      Files.createDirectories(parent);
      Files.writeString(file, draft.text(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
      if (draft.path().endsWith(".sh")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  /** A link in the work tree may lead anywhere. */
  private void refuseLinks(Path folder) {
    Path place = root;
    for (Path part : folder) {
      place = place.resolve(part);
      if (Files.isSymbolicLink(place)) {
        throw new ApiFailure(
            ErrorCode.INVALID, place + " is a link; nothing is written through it");
      }
    }
  }

  private static String template(String name) {
    try (InputStream file =
        Objects.requireNonNull(Scaffold.class.getResourceAsStream("/init/" + name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
