package dev.capstan.worker;

import dev.capstan.verification.Licences;
import dev.capstan.verification.dependencies.Dependency;
import dev.capstan.verification.dependencies.StatedLicence;
import dev.capstan.verification.dependencies.UnreadableManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Licences as the packages state them that lie in a project's cache. Nothing is downloaded. */
record CachedLicences(Path cache) implements Licences {
  private static final int LARGEST = 1 << 20;
  private static final int MOST_PARENTS = 8;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9_.+-]{0,120}");

  /** Reads what one manifest states. */
  private interface Statement {
    Optional<String> of(String text) throws UnreadableManifest;
  }

  @Override
  public Optional<String> of(Dependency dependency) {
    return switch (dependency.ecosystem()) {
      case MAVEN -> ofMaven(dependency);
      case NPM -> ofPackage(dependency.name());
      case PYTHON, GO, CARGO -> Optional.empty();
    };
  }

  private Optional<String> ofMaven(Dependency dependency) {
    Optional<Dependency> asked = Optional.of(dependency);
    for (int i = 0; i < MOST_PARENTS && asked.isPresent(); i++) {
      Optional<String> pom = pom(asked.get());
      Optional<String> stated = pom.flatMap(text -> stated(text, StatedLicence::ofPom));
      if (stated.isPresent()) {
        return stated;
      }
      asked = pom.flatMap(CachedLicences::parent);
    }
    return Optional.empty();
  }

  private Optional<String> pom(Dependency dependency) {
    String[] name = dependency.name().split(":", 2);
    List<String> group = List.of(name[0].split("\\.", -1));
    if (name.length < 2 || !group.stream().allMatch(CachedLicences::isName)) {
      return Optional.empty();
    }
    String version = dependency.version();
    if (!isName(name[1]) || !isName(version)) {
      return Optional.empty();
    }
    Path folder = cache.resolve("m2");
    for (String part : group) {
      folder = folder.resolve(part);
    }
    return text(folder.resolve(name[1]).resolve(version).resolve(name[1] + "-" + version + ".pom"));
  }

  private static boolean isName(String part) {
    return NAME.matcher(part).matches();
  }

  private static Optional<Dependency> parent(String pom) {
    try {
      return StatedLicence.parent(pom);
    } catch (UnreadableManifest _) {
      // Such a package states nothing.
      return Optional.empty();
    }
  }

  private Optional<String> ofPackage(String name) {
    List<String> parts = List.of(name.split("/", -1));
    if (parts.size() > 2 || !parts.stream().allMatch(CachedLicences::isName)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> prepared = Files.newDirectoryStream(cache, "prepared-*")) {
      for (Path folder : prepared) {
        Path manifest = folder.resolve("node_modules").resolve(name).resolve("package.json");
        Optional<String> stated =
            text(manifest).flatMap(text -> stated(text, StatedLicence::ofPackageJson));
        if (stated.isPresent()) {
          return stated;
        }
      }
    } catch (IOException _) {
      // Nothing was prepared.
    }
    return Optional.empty();
  }

  private static Optional<String> stated(String text, Statement statement) {
    try {
      return statement.of(text);
    } catch (UnreadableManifest _) {
      // Such a package states nothing.
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new String(content.readNBytes(LARGEST), StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It is as if it were not there.
      return Optional.empty();
    }
  }
}
