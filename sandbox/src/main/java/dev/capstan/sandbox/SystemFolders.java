package dev.capstan.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of the host every command needs: programs, libraries, certificates and toolchains. A list of
 * what is needed, never all; no home folder, no shadow file, no configuration that may hold tokens.
 */
public final class SystemFolders {
  private static final List<String> ROOT_FOLDERS =
      List.of("bin", "sbin", "lib", "lib32", "lib64", "libx32");
  private static final List<String> SETTINGS =
      List.of(
          "alternatives",
          "ca-certificates",
          "ca-certificates.conf",
          "crypto-policies",
          "debian_version",
          "fonts",
          "java",
          "ld.so.cache",
          "ld.so.conf",
          "ld.so.conf.d",
          "localtime",
          "maven",
          "mime.types",
          "nsswitch.conf",
          "os-release",
          "pki/ca-trust/extracted",
          "pki/java",
          "pki/tls/certs",
          "protocols",
          "services",
          "ssl/certs",
          "ssl/openssl.cnf",
          "timezone");
  private static final List<String> NETWORK_SETTINGS =
      List.of("gai.conf", "host.conf", "hosts", "resolv.conf");
  private static final String PASSWD =
      """
      capstan:x:1000:1000:capstan:/home/capstan:/bin/sh
      nobody:x:65534:65534:nobody:/nonexistent:/bin/false
      """;
  private static final String GROUP =
      """
      capstan:x:1000:
      nogroup:x:65534:
      """;
  private static final String HOSTS =
      """
      127.0.0.1 localhost capstan
      ::1 localhost
      """;

  private final List<Bind> always;
  private final List<Bind> isolated;
  private final List<Bind> connected;
  private final Map<String, String> variables;

  private SystemFolders(
      List<Bind> always, List<Bind> isolated, List<Bind> connected, Map<String, String> variables) {
    this.always = List.copyOf(always);
    this.isolated = List.copyOf(isolated);
    this.connected = List.copyOf(connected);
    this.variables = Map.copyOf(variables);
  }

  /**
   * Looks at the host once.
   *
   * @param folder a folder of our own for a few small files that are shown inside, made if missing
   * @param environment the host's variables: {@code PATH}, {@code HOME}, {@code JAVA_HOME} and
   *     those of the toolchains say what to look at
   */
  public static SystemFolders detect(Path folder, Map<String, String> environment) {
    Toolchains toolchains = Toolchains.detect(environment);
    List<Bind> always = new ArrayList<>(programs());
    SETTINGS.forEach(name -> setting(name).ifPresent(always::add));
    always.addAll(javaSettings());
    always.add(file(folder, "passwd", PASSWD));
    always.add(file(folder, "group", GROUP));
    toolchains.folders().forEach(tool -> always.add(Bind.ReadOnly.of(tool)));
    List<Bind> connected = new ArrayList<>();
    NETWORK_SETTINGS.forEach(name -> setting(name).ifPresent(connected::add));
    return new SystemFolders(
        always, List.of(file(folder, "hosts", HOSTS)), connected, toolchains.variables());
  }

  /** What to bind; name resolution as on the host only where its network is reached. */
  public List<Bind> binds(Network network) {
    List<Bind> more =
        switch (network) {
          case Network.None _, Network.Filtered _, Network.Only _ -> isolated;
          case Network.Direct _ -> connected;
        };
    return Stream.concat(always.stream(), more.stream()).toList();
  }

  /**
   * {@code PATH} and what the toolchains need to find themselves, for the command's environment.
   */
  public Map<String, String> environment() {
    return variables;
  }

  /** Programs and libraries only: {@code /usr}, and folders or links of the root as on the host. */
  static List<Bind> programs() {
    List<Bind> binds = new ArrayList<>();
    binds.add(Bind.ReadOnly.of(Path.of("/usr")));
    for (String name : ROOT_FOLDERS) {
      Path path = Path.of("/", name);
      if (Files.isSymbolicLink(path)) {
        binds.add(new Bind.Link(target(path), path));
      } else if (Files.isDirectory(path)) {
        binds.add(Bind.ReadOnly.of(path));
      }
    }
    return List.copyOf(binds);
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the link " + link, e);
    }
  }

  private static Optional<Bind> setting(String name) {
    Path path = Path.of("/etc", name);
    return Files.isReadable(path) ? Optional.of(Bind.ReadOnly.of(path)) : Optional.empty();
  }

  /** Debian's {@code /usr/lib/jvm} points to {@code /etc/java-17-openjdk} and its like. */
  private static List<Bind> javaSettings() {
    try (Stream<Path> settings = Files.list(Path.of("/etc"))) {
      return settings
          .filter(path -> path.getFileName().toString().matches("java-\\d+-[a-z]+"))
          .<Bind>map(Bind.ReadOnly::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list /etc", e);
    }
  }

  /** Written beside and moved into place, as other processes may be showing it. */
  private static Bind file(Path folder, String name, String content) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(name);
      if (!Files.exists(file) || !Files.readString(file).equals(content)) {
        Path fresh = Files.createTempFile(folder, name, ".new");
        Files.writeString(fresh, content);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      }
      return new Bind.ReadOnly(file.toAbsolutePath().normalize(), Path.of("/etc").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + name + " in " + folder, e);
    }
  }
}
