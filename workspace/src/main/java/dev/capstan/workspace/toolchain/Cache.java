package dev.capstan.workspace.toolchain;

/**
 * A folder kept per project and bound at {@code insidePath}; the commands already point at it.
 *
 * @param name a plain name, safe as a folder's name
 * @param insidePath absolute
 */
public record Cache(String name, String insidePath) {
  static final String FOLDER = "/capstan/cache/";

  /** A cache under the usual folder. */
  static Cache named(String name) {
    return new Cache(name, FOLDER + name);
  }
}
