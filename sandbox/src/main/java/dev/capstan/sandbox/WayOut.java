package dev.capstan.sandbox;

import dev.capstan.sandbox.bridge.Bridge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts our bridge before a command, so that it finds the proxy of an {@link Outlet}. */
final class WayOut {
  private static final Path JAVA = Path.of("/capstan/java");
  private static final Path CLASSES = Path.of("/capstan/bridge");
  private static final Path OUTLET = Path.of("/capstan/outlet");

  /**
   * Starts the bridge, waits for its port, tells every tool of it and becomes the command. Nothing
   * is ever put into the text; the command's words are arguments of it. Only what downloads is
   * told, not every Java program: tests would see it.
   */
  private static final String SCRIPT =
      """
      port=$(env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS "$1" -Xmx48m -XX:+UseSerialGC \\
        -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp "$2" "$3" "$4" &)
      [ -n "$port" ] || { echo "bwrap: the way out cannot be opened" >&2; exit 1; }
      shift 4
      command -v -- "$1" >/dev/null 2>&1 || { echo "bwrap: no such program: $1" >&2; exit 1; }
      proxy=http://127.0.0.1:$port
      export http_proxy=$proxy https_proxy=$proxy all_proxy=$proxy
      export HTTP_PROXY=$proxy HTTPS_PROXY=$proxy ALL_PROXY=$proxy
      export npm_config_proxy=$proxy npm_config_https_proxy=$proxy CARGO_HTTP_PROXY=$proxy
      export no_proxy=localhost,127.0.0.1,::1 NO_PROXY=localhost,127.0.0.1,::1
      java="-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=$port -Dhttps.proxyHost=127.0.0.1"
      java="$java -Dhttps.proxyPort=$port -Daether.connector.http.useSystemProperties=true"
      export MAVEN_OPTS="${MAVEN_OPTS:+$MAVEN_OPTS }$java"
      export GRADLE_OPTS="${GRADLE_OPTS:+$GRADLE_OPTS }$java" SBT_OPTS="${SBT_OPTS:+$SBT_OPTS }$java"
      unset port proxy java
      exec "$@"
      """;

  /** What the kernel takes as the name of a socket is short. */
  private static final int LONGEST_FOLDER = 70;

  private final Path classes;
  private final Path outlets;

  private WayOut(Path classes, Path outlets) {
    this.classes = classes;
    this.outlets = outlets;
  }

  /** With files of its own below a folder of ours. */
  static WayOut in(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.toRealPath().resolve("bridge"));
    String name = Bridge.class.getName().replace('.', '/') + ".class";
    Path file = classes.resolve(name);
    Files.createDirectories(file.getParent());
    Path fresh = Files.createTempFile(classes, "bridge", ".new");
    try (InputStream code = Bridge.class.getResourceAsStream("Bridge.class")) {
      Files.copy(Objects.requireNonNull(code), fresh, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    boolean fits = folder.toRealPath().toString().length() <= LONGEST_FOLDER;
    Path outlets = fits ? folder.toRealPath() : Path.of(System.getProperty("java.io.tmpdir"));
    return new WayOut(classes, outlets.toRealPath());
  }

  Outlet open(AllowList allowed) throws IOException {
    return Outlet.open(allowed, outlets);
  }

  /** The same command behind the bridge. */
  Confinement through(Confinement confinement, Outlet outlet) {
    List<Bind> binds = new ArrayList<>(confinement.binds());
    binds.add(new Bind.ReadOnly(Path.of(System.getProperty("java.home")), JAVA));
    binds.add(new Bind.ReadOnly(classes, CLASSES));
    binds.add(new Bind.ReadOnly(outlet.folder(), OUTLET));
    return new Confinement(
        confinement.label(),
        argv(confinement, OUTLET.resolve(outlet.socket().getFileName())),
        confinement.workingFolder(),
        binds,
        confinement.environment(),
        confinement.network(),
        confinement.limits());
  }

  private static List<String> argv(Confinement confinement, Path socket) {
    List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "capstan"));
    argv.addAll(List.of(JAVA.resolve("bin/java").toString(), CLASSES.toString()));
    argv.addAll(List.of(Bridge.class.getName(), socket.toString()));
    argv.addAll(confinement.argv());
    return argv;
  }
}
