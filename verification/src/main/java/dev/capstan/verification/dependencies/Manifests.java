package dev.capstan.verification.dependencies;

import com.google.re2j.Pattern;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds out which manifest a file is, and reads it. */
public final class Manifests {
  private static final Comparator<Dependency> ORDER =
      Comparator.comparing(Dependency::ecosystem)
          .thenComparing(Dependency::name)
          .thenComparing(Dependency::version);

  private static final Pattern REQUIREMENTS =
      Pattern.compile("(?:.*[-_.])?requirements(?:[-_.].*)?\\.(?:txt|in)|constraints.*\\.txt");

  private Manifests() {}

  /** Reads one kind of manifest. */
  interface Reader {
    void read(String text, SortedSet<Dependency> found) throws UnreadableManifest;
  }

  /** True for a file that {@link #read} reads. */
  public static boolean isOne(String path) {
    return reader(path).isPresent();
  }

  /**
   * What the manifest asks for, in order.
   *
   * @throws UnreadableManifest if it is broken
   */
  public static SortedSet<Dependency> read(String path, String text) throws UnreadableManifest {
    SortedSet<Dependency> found = new TreeSet<>(ORDER);
    Optional<Reader> reader = reader(path);
    if (reader.isPresent()) {
      reader.get().read(text, found);
    }
    return found;
  }

  /** The name by which others depend on what this manifest describes; only Maven's are known. */
  public static Optional<String> ownName(String path, String text) {
    return path.equals("pom.xml") || path.endsWith("/pom.xml")
        ? MavenPom.ownName(text)
        : Optional.empty();
  }

  private static Optional<Reader> reader(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    Reader reader =
        switch (name) {
          case "pom.xml" -> MavenPom::read;
          case "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts" ->
              GradleScript::read;
          case "libs.versions.toml" -> GradleCatalog::read;
          case "package.json" -> PackageJson::read;
          case "package-lock.json", "npm-shrinkwrap.json" -> PackageLock::read;
          case "pnpm-lock.yaml" -> PnpmLock::read;
          case "pyproject.toml" -> PyProject::read;
          case "go.mod" -> GoMod::read;
          case "Cargo.toml" -> CargoToml::read;
          default -> REQUIREMENTS.matches(name) ? Requirements::read : null;
        };
    return Optional.ofNullable(reader);
  }
}
