package dev.capstan.workspace.git;

/** Judges a symbolic link by its text alone. */
final class LinkTarget {
  private LinkTarget() {}

  /**
   * True if the link is absolute, climbs out of the repository, enters {@code .git}, or goes up
   * after going down: below another link {@code name/..} can be anywhere.
   */
  static boolean escapes(String path, String target) {
    if (target.startsWith("/") || target.isEmpty()) {
      return true;
    }
    long depth = path.chars().filter(c -> c == '/').count();
    boolean wentDown = false;
    for (String part : target.split("/", -1)) {
      boolean up = part.equals("..");
      depth -= up ? 1 : 0;
      if (depth < 0 || (up && wentDown) || part.equalsIgnoreCase(".git")) {
        return true;
      }
      wentDown |= !up && !part.equals(".") && !part.isEmpty();
    }
    return false;
  }
}
