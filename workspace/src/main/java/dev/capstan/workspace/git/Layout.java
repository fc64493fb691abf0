package dev.capstan.workspace.git;

import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** What lies where below the root. */
record Layout(Path root) {
  static Layout below(Path root) {
    try {
      return new Layout(Files.createDirectories(root.toAbsolutePath().normalize()).toRealPath());
    } catch (IOException failure) {
      throw new GitFailure("the folder " + root + " can't be made: " + failure, failure);
    }
  }

  Path mirrors() {
    return root.resolve("mirrors");
  }

  Path mirror(ProjectId project) {
    return mirrors().resolve(project.value() + ".git");
  }

  /** Clones made before they are asked for. */
  Path warm() {
    return root.resolve("warm");
  }

  Path warm(ProjectId project) {
    return warm().resolve(project.value());
  }

  /** Held while a mirror is fetched. */
  Path fetchLock(ProjectId project) {
    return root.resolve("locks").resolve(project.value() + ".fetch");
  }

  /** Held while a ref of ours is moved, so that a capture never waits for a fetch. */
  Path refLock(ProjectId project) {
    return root.resolve("locks").resolve(project.value() + ".refs");
  }

  /** With no link on the way; the last part may be a link itself. */
  Path real(Path path) {
    try {
      Path parent = path.getParent();
      return parent == null ? path : parent.toRealPath().resolve(path.getFileName());
    } catch (IOException failure) {
      throw new GitFailure("the folder " + path + " can't be found: " + failure, failure);
    }
  }

  /** A name for something short-lived; its parent exists. */
  Path scratch() {
    try {
      return Files.createDirectories(root.resolve("scratch")).resolve(UUID.randomUUID().toString());
    } catch (IOException failure) {
      throw new GitFailure("no room for work below " + root + ": " + failure, failure);
    }
  }

  Git git(ProjectId project) {
    Path mirror = mirror(project);
    if (!Files.isDirectory(mirror)) {
      throw GitFailure.lasting(
          "project " + project + " has no mirror in " + mirrors() + "; mirror it first");
    }
    return Git.in(mirror);
  }
}
