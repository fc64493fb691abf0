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

/** Puts our bridge before a command, so that it finds what an {@link Outlet} leads to. */
final class WayOut {
  private static final Path JAVA = Path.of("/capstan/java");
  private static final Path CLASSES = Path.of("/capstan/bridge");
  private static final Path OUTLET = Path.of("/capstan/outlet");

  /**
   * Starts the bridge and waits for its port. Nothing is ever put into the text; the command's
   * words are arguments of it.
   */
  private static final String BRIDGE =
      """
      port=$(env -u JAVA_TOOL_OPTIONS -u JDK_JAVA_OPTIONS "$1" -Xmx48m -XX:+UseSerialGC \\
        -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp "$2" "$3" "$4" "$5" &)
      [ -n "$port" ] || { echo "bwrap: the way out cannot be opened" >&2; exit 1; }
      shift 5
      command -v -- "$1" >/dev/null 2>&1 || { echo "bwrap: no such program: $1" >&2; exit 1; }
      """;

  /** Becomes the command. */
  private static final String PASSAGE =
      BRIDGE
          + """
          unset port
          exec "$@"
          """;

  /**
   * Tells every tool of the proxy and becomes the command. Only what downloads is told, not every
   * Java program: tests would see it.
   */
  private static final String PROXY =
      BRIDGE
          + """
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

  Outlet open(Passage passage) throws IOException {
    return Outlet.open(passage, outlets);
  }

  /** The same command, with the outlet as its proxy. */
  Confinement through(Confinement confinement, Outlet outlet) {
    return behind(confinement, outlet, PROXY, 0);
  }

  /** The same command, with the outlet at the port of a passage. */
  Confinement to(Confinement confinement, Outlet outlet) {
    return behind(confinement, outlet, PASSAGE, Passage.PORT);
  }

  private Confinement behind(Confinement confinement, Outlet outlet, String script, int port) {
    List<Bind> binds = new ArrayList<>(confinement.binds());
    binds.add(new Bind.ReadOnly(Path.of(System.getProperty("java.home")), JAVA));
    binds.add(new Bind.ReadOnly(classes, CLASSES));
    binds.add(new Bind.ReadOnly(outlet.folder(), OUTLET));
    return new Confinement(
        confinement.label(),
        argv(confinement, script, OUTLET.resolve(outlet.socket().getFileName()), port),
        confinement.workingFolder(),
        binds,
        confinement.environment(),
        confinement.network(),
        confinement.limits());
  }

  private static List<String> argv(Confinement confinement, String script, Path socket, int port) {
    List<String> argv = new ArrayList<>(List.of("/bin/sh", "-c", script, "capstan"));
    argv.addAll(List.of(JAVA.resolve("bin/java").toString(), CLASSES.toString()));
    argv.addAll(List.of(Bridge.class.getName(), socket.toString(), String.valueOf(port)));
    argv.addAll(confinement.argv());
    return argv;
  }
}
