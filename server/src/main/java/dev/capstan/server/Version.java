package dev.capstan.server;

/** The version of this build. */
public final class Version {
  /** As of the build, or {@code development} outside a packaged jar. */
  public static final String CURRENT = current();

  private Version() {}

  private static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
