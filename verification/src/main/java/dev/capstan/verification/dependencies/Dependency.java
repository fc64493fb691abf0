package dev.capstan.verification.dependencies;

/**
 * One thing that a project depends on.
 *
 * @param name as the ecosystem writes it; {@code group:artifact} for Maven
 * @param version as the manifest asks for it, or where it comes from if that is no registry; "" if
 *     somebody else decides
 */
public record Dependency(Ecosystem ecosystem, String name, String version) {
  /** Where names have their meaning. */
  public enum Ecosystem {
    MAVEN,
    NPM,
    PYTHON,
    GO,
    CARGO
  }

  @Override
  public String toString() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
