package dev.capstan.verification.nearest;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a file is about, by its name: {@code FooTest}, {@code test_foo} and {@code foo} are one. */
final class Likeness {
  /** Such names say nothing, so that of the folder counts. */
  private static final Set<String> NAMELESS = Set.of("index", "__init__", "mod", "lib", "main");

  private Likeness() {}

  /** Its subject, in small letters; "" if the name tells none. */
  static String subject(String path) {
    String name = plain(Paths.name(Paths.withoutEnding(path)));
    return NAMELESS.contains(name) ? plain(Paths.name(Paths.folder(path))) : name;
  }

  private static String plain(String name) {
    String bare =
        name.replaceFirst("^(?:test[_.-]|Tests?(?=[A-Z]))", "")
            .replaceFirst(
                "(?:[_.-](?:tests?|spec|unit)|(?<=[a-z0-9])(?:Tests?|TestCase|Spec))$", "");
    return bare.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
  }

  /** How many names of folders two paths have in common; tests often mirror what they test. */
  static int sharedFolders(String one, String other) {
    Set<String> shared = new HashSet<>(List.of(Paths.folder(one).split("/", -1)));
    shared.retainAll(List.of(Paths.folder(other).split("/", -1)));
    return shared.size();
  }
}
