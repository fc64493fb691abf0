package dev.capstan.sandbox;

import java.nio.file.Path;

/** One thing a sandbox shows to the code in it. All paths are absolute and normalized. */
public sealed interface Bind {
  /** Where it appears. */
  Path inside();

  /** A file or folder of the host that can only be read. */
  record ReadOnly(Path host, Path inside) implements Bind {
    public ReadOnly {
      InsidePaths.requireAbsolute(host);
      InsidePaths.requireMountPoint(inside);
    }

    /** The same path inside as on the host. */
    public static ReadOnly of(Path path) {
      return new ReadOnly(path, path);
    }
  }

  /**
   * A file or folder of the host that can be written.
   *
   * @param host its real path: no part of it may be a symbolic link, which foreign code could have
   *     planted
   */
  record Writable(Path host, Path inside) implements Bind {
    public Writable {
      InsidePaths.requireAbsolute(host);
      InsidePaths.requireMountPoint(inside);
    }

    /** The same path inside as on the host. */
    public static Writable of(Path path) {
      return new Writable(path, path);
    }
  }

  /**
   * A folder of the host that is read, while what is written goes to a layer of its own. Where the
   * host cannot do that, it can only be read.
   *
   * @param layer a folder for this sandbox alone; its real path, and on the host's own disk
   */
  record Layered(Path host, Path layer, Path inside) implements Bind {
    public Layered {
      InsidePaths.requireAbsolute(host);
      InsidePaths.requireAbsolute(layer);
      InsidePaths.requireMountPoint(inside);
    }

    /** Where what was written is. */
    Path upper() {
      return layer.resolve("upper");
    }

    Path work() {
      return layer.resolve("work");
    }

    /** Where both appear as one, for the sandbox only. */
    Path merged() {
      return layer.resolve("merged");
    }
  }

  /** An empty folder in memory, gone with the sandbox. */
  record Scratch(Path inside, long bytes) implements Bind {
    public Scratch {
      InsidePaths.requireMountPoint(inside);
      if (bytes <= 0) {
        throw new IllegalArgumentException("a scratch folder needs a size, but has " + bytes);
      }
    }
  }

  /** A symbolic link, such as {@code /bin} to {@code usr/bin}. */
  record Link(Path target, Path inside) implements Bind {
    public Link {
      InsidePaths.requireMountPoint(inside);
    }
  }
}
