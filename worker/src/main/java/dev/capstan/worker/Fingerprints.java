package dev.capstan.worker;

import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Work;
import dev.capstan.workspace.toolchain.ToolCommand;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Hashes that tell whether two trees are measured alike, and whether they need the same set-up. */
final class Fingerprints {
  private Fingerprints() {}

  static Recipe recipe(Toolchain toolchain, Path tree) throws IOException {
    MessageDigest commands = sha256();
    add(commands, toolchain.name());
    for (ToolCommand command : toolchain.measure()) {
      add(commands, String.join("\0", command.argv()));
      add(commands, new TreeMap<>(command.environment()).toString());
    }
    add(commands, toolchain.reportGlobs() + " " + toolchain.coverageGlobs());
    if (!toolchain.analysisGlobs().equals(Toolchain.USUAL_ANALYSIS)) {
      add(commands, toolchain.analysisGlobs().toString());
    }
    if (toolchain.repeats() > 0) {
      add(commands, "repeated " + toolchain.repeats());
    }
    return new Recipe(toolchain, hex(commands), files(toolchain, tree));
  }

  /** Of work on a project that is measured like that: what it downloads depends on both. */
  static String work(Work work, Recipe recipe) {
    MessageDigest all = sha256();
    add(all, work.engine());
    add(all, String.join("\0", work.arguments()));
    add(all, work.files().toString());
    add(all, recipe.fingerprint());
    return hex(all).substring(0, 16);
  }

  private static String files(Toolchain toolchain, Path tree) throws IOException {
    MessageDigest files = sha256();
    for (ToolCommand command : toolchain.setUp()) {
      add(files, String.join("\0", command.argv()));
    }
    for (Map.Entry<String, byte[]> file :
        matching(new Scope(toolchain.fingerprint()), tree).entrySet()) {
      add(files, file.getKey());
      files.update(file.getValue());
    }
    return hex(files).substring(0, 16);
  }

  private static SortedMap<String, byte[]> matching(Scope globs, Path tree) throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    if (globs.globs().isEmpty()) {
      return found;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(tree.resolve(".git"))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path = tree.relativize(file).toString();
            if (attributes.isRegularFile() && globs.allows(path)) {
              found.put(path, sha256().digest(Files.readAllBytes(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
