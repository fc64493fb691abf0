package dev.capstan.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A fresh work folder in a real sandbox, and what a command in it came to. */
final class Fence {
  static final String INSTALLATION = "test-" + UUID.randomUUID();

  final Path base;
  final Path work;
  final String label = "attempt-" + UUID.randomUUID();
  final List<String> out = new ArrayList<>();
  final List<String> err = new ArrayList<>();
  final Bubblewrap sandbox;
  Limits limits = Limits.DEFAULT.withTime(java.time.Duration.ofSeconds(20));
  Network network = Network.NONE;

  Fence(Path base) {
    this(base, ControlGroups.NONE);
  }

  Fence(Path base, ControlGroups groups) {
    try {
      this.base = base.toRealPath();
      this.work = Files.createDirectories(this.base.resolve("work"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.sandbox = Bubblewrap.find(this.base.resolve("own"), groups, INSTALLATION);
  }

  Outcome sh(String script) {
    return run("/bin/sh", "-c", script);
  }

  Outcome python(String script) {
    return run("/usr/bin/python3", "-c", script);
  }

  Outcome run(String... argv) {
    return run(confinement(argv));
  }

  Outcome run(Confinement confinement) {
    return sandbox.run(
        confinement,
        (stream, line) -> {
          switch (stream) {
            case OUT -> out.add(line);
            case ERR -> err.add(line);
          }
        });
  }

  Confinement confinement(String... argv) {
    List<Bind> binds =
        new ArrayList<>(
            SystemFolders.detect(base.resolve("own"), Map.of("PATH", "/usr/bin")).binds(network));
    binds.add(Bind.Writable.of(work));
    return confinement(binds, argv);
  }

  Confinement confinement(List<Bind> binds, String... argv) {
    return new Confinement(
        label, List.of(argv), work, binds, Map.of("PATH", "/usr/bin:/bin"), network, limits);
  }

  /** Whether any process of this fence's label is there; none may be once run() has returned. */
  List<Leftovers.Leftover> alive() {
    return new Leftovers(INSTALLATION)
        .find().stream().filter(leftover -> leftover.label().equals(label)).toList();
  }
}
