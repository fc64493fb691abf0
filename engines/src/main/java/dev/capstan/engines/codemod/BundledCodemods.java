package dev.capstan.engines.codemod;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The codemods that come with Capstan. A plan calls one {@code capstan:NAME}. */
public final class BundledCodemods {
  private static final String PREFIX = "capstan:";
  private static final Pattern NAME = Pattern.compile(PREFIX + "([a-z][a-z0-9-]*)");

  private BundledCodemods() {}

  /** What plans call the one of that name. */
  public static String called(String name) {
    return PREFIX + name;
  }

  /** Whether a script means one of these, which need not be there. */
  static boolean isMeant(String script) {
    return script.startsWith(PREFIX);
  }

  /** The JavaScript of a script such as {@code capstan:unused-imports}; empty if there is none. */
  public static Optional<String> source(String script) {
    var name = NAME.matcher(script);
    if (!name.matches()) {
      return Optional.empty();
    }
    try (InputStream file =
        BundledCodemods.class.getResourceAsStream("bundled/" + name.group(1) + ".js")) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the codemod " + script, unreadable);
    }
  }
}
