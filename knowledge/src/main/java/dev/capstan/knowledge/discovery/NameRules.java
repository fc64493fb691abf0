package dev.capstan.knowledge.discovery;

import dev.capstan.knowledge.FileState.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file's name alone says. */
final class NameRules {
  private static final Set<String> SECRETS =
      Set.of(
          ".env",
          ".netrc",
          "_netrc",
          ".pgpass",
          ".npmrc",
          ".pypirc",
          ".htpasswd",
          ".git-credentials",
          ".dockercfg",
          ".vault-token",
          "credentials",
          "credentials.json",
          "credentials.csv",
          "secrets.yaml",
          "secrets.yml",
          "secrets.json",
          "secrets.toml",
          "id_rsa",
          "id_dsa",
          "id_ecdsa",
          "id_ed25519");
  private static final List<String> SECRET_ENDINGS =
      List.of(
          ".pem",
          ".key",
          ".p12",
          ".pfx",
          ".jks",
          ".keystore",
          ".kdbx",
          ".ppk",
          ".tfstate",
          ".asc",
          ".gpg",
          ".ovpn");

  /** An environment file with one of these endings shows which variables there are. */
  private static final List<String> SAMPLES =
      List.of(".example", ".sample", ".template", ".dist", ".defaults");

  private static final Set<String> GENERATED =
      Set.of(
          "package-lock.json",
          "npm-shrinkwrap.json",
          "yarn.lock",
          "pnpm-lock.yaml",
          "cargo.lock",
          "poetry.lock",
          "uv.lock",
          "pipfile.lock",
          "composer.lock",
          "gemfile.lock",
          "go.sum",
          "go.work.sum",
          "gradle.lockfile");
  private static final List<String> GENERATED_ENDINGS =
      List.of(".pb.go", "_pb2.py", "_pb2_grpc.py", ".pb.cc", ".pb.h", ".map", ".snap");
  private static final List<String> MINIFIED_ENDINGS = List.of(".min.js", ".min.css", ".min.mjs");

  private NameRules() {}

  static Optional<Reason> reason(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (isSecret(name)) {
      return Optional.of(Reason.SECRET);
    }
    if (GENERATED.contains(name) || GENERATED_ENDINGS.stream().anyMatch(name::endsWith)) {
      return Optional.of(Reason.GENERATED);
    }
    boolean minified = MINIFIED_ENDINGS.stream().anyMatch(name::endsWith);
    return minified ? Optional.of(Reason.MINIFIED) : Optional.empty();
  }

  private static boolean isSecret(String name) {
    boolean environment = name.startsWith(".env.") && SAMPLES.stream().noneMatch(name::endsWith);
    return environment
        || SECRETS.contains(name)
        || SECRET_ENDINGS.stream().anyMatch(name::endsWith);
  }
}
