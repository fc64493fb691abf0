package dev.capstan.verification.dependencies;

import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Optional;

/**
 * What makes a dependency one that nobody can build again, or has released.
 *
 * @param words what it does or is
 * @param open an honest change may want it, so that it is a question for a person
 */
public record Risk(String words, boolean open) {
  static final String FILE = "file:";

  private static final Pattern FOREIGN =
      Pattern.compile(
          "(?i)^(?:git[+:@]|git\\+?|hg\\+|svn\\+|bzr\\+|url\\+|ssh:|https?:|github:|gitlab:|bitbucket:|gist:).*"
              + "|^[\\w.-]+/[\\w.-]+(?:#.*)?$");
  private static final Pattern ARCHIVE =
      Pattern.compile("(?i).*\\.(?:jar|war|aar|zip|whl|tgz|gz|bz2|xz|dll|so)['\"]?$");
  private static final Pattern UNRELEASED_MAVEN =
      Pattern.compile("(?i).*(?:[.-](?:alpha|beta|rc|cr|m|ea|dev|preview|pre|nightly)[.-]?\\d*)$");
  private static final Pattern UNRELEASED_SEMANTIC =
      Pattern.compile("^[\\^~=v<>\\s]*\\d+(?:\\.\\d+)*-[0-9A-Za-z].*");
  private static final Pattern UNRELEASED_PYTHON =
      Pattern.compile(
          "(?i).*\\d(?:[._-]?(?:a|b|c|rc|alpha|beta|pre|preview|dev)[._-]?\\d*)(?:[,\\s].*)?$");
  private static final Pattern PSEUDO_VERSION = Pattern.compile(".*[-.]\\d{14}-[0-9a-f]{12}.*");
  private static final Pattern WILD =
      Pattern.compile(
          "(?i)^[\\s^~=<>]*(?:\\*|x|latest|next|canary|any)?[\\s]*$|.*==\\s*\\*.*|^>=?\\s*0(?:\\.0)*$");

  /** What is wrong with it; empty if nothing is. */
  public static Optional<Risk> of(Dependency dependency) {
    String version = dependency.version();
    if (version.startsWith(FILE) || version.startsWith("./") || version.startsWith("../")) {
      return place(version);
    }
    if (version.startsWith("workspace:") || version.startsWith("link:")) {
      return Optional.empty();
    }
    return switch (dependency.ecosystem()) {
      case MAVEN -> maven(version);
      case NPM -> foreign(version).or(() -> wild(version)).or(() -> semantic(version));
      case PYTHON -> python(version);
      case GO -> go(version);
      case CARGO -> foreign(version).or(() -> wild(version)).or(() -> semantic(version));
    };
  }

  /** A folder of the same repository is read like any other change; an archive cannot be. */
  private static Optional<Risk> place(String version) {
    String path = version.startsWith(FILE) ? version.substring(FILE.length()) : version;
    boolean outside = path.startsWith("/") || path.startsWith("~") || path.contains("${");
    return outside || ARCHIVE.matches(path.strip())
        ? refused("comes from a file")
        : Optional.empty();
  }

  private static Optional<Risk> maven(String version) {
    String upper = version.toUpperCase(Locale.ROOT);
    if (upper.endsWith("-SNAPSHOT")) {
      return refused("is a snapshot");
    }
    boolean open = upper.startsWith("[") || upper.startsWith("(") || upper.endsWith("+");
    if (open || upper.equals("LATEST") || upper.equals("RELEASE") || upper.startsWith("LATEST.")) {
      return refused("takes any of many versions");
    }
    return UNRELEASED_MAVEN.matches(version) ? unreleased() : Optional.empty();
  }

  private static Optional<Risk> python(String version) {
    return foreign(version.replace(" ", ""))
        .or(() -> wild(version).map(risk -> new Risk(risk.words(), true)))
        .or(() -> UNRELEASED_PYTHON.matches(version) ? unreleased() : Optional.empty());
  }

  private static Optional<Risk> go(String version) {
    return PSEUDO_VERSION.matches(version)
        ? refused("is a commit that was never released")
        : semantic(version);
  }

  private static Optional<Risk> foreign(String version) {
    return FOREIGN.matches(version)
        ? refused("comes from a place that is no registry")
        : Optional.empty();
  }

  private static Optional<Risk> wild(String version) {
    return WILD.matches(version) ? refused("takes any version") : Optional.empty();
  }

  private static Optional<Risk> semantic(String version) {
    return UNRELEASED_SEMANTIC.matches(version) ? unreleased() : Optional.empty();
  }

  private static Optional<Risk> refused(String words) {
    return Optional.of(new Risk(words, false));
  }

  private static Optional<Risk> unreleased() {
    return Optional.of(new Risk("is a pre-release", true));
  }
}
