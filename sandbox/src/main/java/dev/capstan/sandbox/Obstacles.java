package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What on the host keeps a confinement from being started. */
final class Obstacles {
  private final Confinement confinement;

  private Obstacles(Confinement confinement) {
    this.confinement = confinement;
  }

  /** The first one found, as a sentence. */
  static Optional<String> to(Confinement confinement) {
    Obstacles obstacles = new Obstacles(confinement);
    return Stream.concat(
            confinement.binds().stream().flatMap(bind -> obstacles.of(bind).stream()),
            obstacles.workingFolder().stream())
        .findFirst();
  }

  private Optional<String> of(Bind bind) {
    return switch (bind) {
      case Bind.ReadOnly(Path host, Path inside) ->
          missing(host, inside).or(() -> mountPoint(inside));
      case Bind.Writable(Path host, Path inside) ->
          missing(host, inside).or(() -> linked(host)).or(() -> mountPoint(inside));
      case Bind.Layered(Path host, Path layer, Path inside) ->
          missing(host, inside).or(() -> linked(layer)).or(() -> mountPoint(inside));
      case Bind.Scratch(Path inside, long _) -> mountPoint(inside);
      case Bind.Link(Path _, Path inside) -> mountPoint(inside);
    };
  }

  private static Optional<String> missing(Path host, Path inside) {
    return Files.exists(host)
        ? Optional.empty()
        : Optional.of(host + " does not exist, but is to be bound at " + inside);
  }

  private static Optional<String> linked(Path host) {
    try {
      Path real = host.toRealPath();
      return real.equals(host)
          ? Optional.empty()
          : Optional.of(
              host + " leads through a symbolic link to " + real + "; bind the real path");
    } catch (IOException e) {
      return Optional.of(host + " cannot be resolved: " + e.getMessage());
    }
  }

  /**
   * A mount point below a writable folder is made there, on the host, by bubblewrap: through a
   * planted link it would be made elsewhere.
   */
  private Optional<String> mountPoint(Path inside) {
    return Optional.ofNullable(inside.getParent())
        .flatMap(this::enclosing)
        .filter(Bind.Writable.class::isInstance)
        .flatMap(outer -> onHost(outer, inside))
        .flatMap(host -> linkOn(host, inside));
  }

  private static Optional<String> linkOn(Path host, Path inside) {
    for (Path path = host; path != null; path = path.getParent()) {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return path.equals(realOrEmpty(path))
            ? Optional.empty()
            : Optional.of("the mount point " + inside + " leads through a symbolic link");
      }
    }
    return Optional.empty();
  }

  private static Path realOrEmpty(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return Path.of("");
    }
  }

  private Optional<String> workingFolder() {
    Path inside = confinement.workingFolder();
    return enclosing(inside)
        .flatMap(bind -> onHost(bind, inside))
        .filter(host -> !Files.isDirectory(host))
        .map(
            host -> "the working folder " + inside + " is not a folder (" + host + " on the host)");
  }

  /** The bind that decides what is at a path. */
  private Optional<Bind> enclosing(Path inside) {
    return confinement.binds().stream()
        .filter(bind -> inside.startsWith(bind.inside()))
        .max(Comparator.comparingInt(bind -> bind.inside().getNameCount()));
  }

  private static Optional<Path> onHost(Bind bind, Path inside) {
    Path below = bind.inside().relativize(inside);
    return switch (bind) {
      case Bind.ReadOnly(Path host, Path _) -> Optional.of(host.resolve(below));
      case Bind.Writable(Path host, Path _) -> Optional.of(host.resolve(below));
      case Bind.Layered(Path host, Path _, Path _) -> Optional.of(host.resolve(below));
      case Bind.Scratch _, Bind.Link _ -> Optional.empty();
    };
  }
}
