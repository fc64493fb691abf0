package dev.capstan.workspace.git;

import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What lies where.
 *
 * @param root of what is this process's own
 * @param shared of what several processes use; it may be the root
 * @param owner tells apart what different processes have begun in the shared folder
 */
record Layout(Path root, Path shared, String owner) {
  static Layout below(Path root) {
    return below(root, root, "");
  }

  static Layout below(Path root, Path shared, String owner) {
    return new Layout(made(root), made(shared), owner);
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder.toAbsolutePath().normalize()).toRealPath();
    } catch (IOException failure) {
      throw new GitFailure("the folder " + folder + " can't be made: " + failure, failure);
    }
  }

  Path mirrors() {
    return shared.resolve("mirrors");
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
    return shared.resolve("locks").resolve(project.value() + ".fetch");
  }

  /** Held while a ref of ours is moved, so that a capture never waits for a fetch. */
  Path refLock(ProjectId project) {
    return shared.resolve("locks").resolve(project.value() + ".refs");
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

  /** What is short-lived. */
  Path scratches() {
    return made(root.resolve("scratch"));
  }

  /** What is to be moved to its place in the shared folder. */
  Path drafts() {
    return made(shared.resolve("drafts"));
  }

  /** A name for something short-lived; its parent exists. */
  Path scratch() {
    return scratches().resolve(UUID.randomUUID().toString());
  }

  /** The same for what is to be moved to its place in the shared folder. */
  Path draft() {
    return drafts().resolve(owner + '.' + UUID.randomUUID());
  }

  /** True for what this process, or the one before it, has begun in the shared folder. */
  boolean isOwnDraft(Path path) {
    return path.getFileName().toString().startsWith(owner + '.');
  }

  /** Where that is moved to before it is deleted, on the same disk. */
  Path aside(Path doomed) {
    return doomed.startsWith(root) ? scratch() : draft();
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
