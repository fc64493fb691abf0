package dev.capstan.verification.dependencies;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a package says its licence is: an SPDX expression, or a name as people write it. Where there
 * is a choice, one that is allowed suffices.
 */
public final class Licence {
  private static final int LONGEST = 500;
  private static final Pattern VERSION = Pattern.compile("(\\d)(?:\\.(\\d))?");

  /** The first that is found in a name tells its family; {@code %s} is its version. */
  private static final Map<Pattern, String> FAMILIES = new LinkedHashMap<>();

  static {
    family("affero|\\bagpl", "AGPL-%s");
    family("lesser|library general|\\blgpl", "LGPL-%s");
    family("(?:general public|\\bgpl).*classpath", "GPL-%s WITH Classpath-exception-2.0");
    family("general public|\\bgpl", "GPL-%s");
    family("apache|\\basl\\b", "Apache-%s");
    family("\\bmit\\b", "MIT");
    family("eclipse distribution|\\bedl\\b", "BSD-3-Clause");
    family("eclipse|\\bepl\\b", "EPL-%s");
    family("mozilla|\\bmpl\\b", "MPL-%s");
    family("common development|\\bcddl\\b", "CDDL-%s");
    family("server side public|\\bsspl\\b", "SSPL-%s");
    family("business source|\\bbusl\\b", "BUSL-%s");
    family("(?:bsd|clause).*[23]|[23].*(?:bsd|clause)", "BSD");
    family("\\bisc\\b", "ISC");
    family("cc0|public domain", "CC0-1.0");
  }

  private Licence() {}

  private static void family(String words, String identifier) {
    FAMILIES.put(Pattern.compile(words), identifier);
  }

  /**
   * True if every choice of the expression holds a forbidden licence.
   *
   * @param forbidden SPDX identifiers; one without a version means all versions
   */
  public static boolean isForbidden(String expression, List<String> forbidden) {
    String cut = expression.substring(0, Math.min(LONGEST, expression.length()));
    List<String> names = forbidden.stream().map(Licence::identifier).toList();
    return !names.isEmpty()
        && choices(cut, " OR ")
            .allMatch(choice -> choices(choice, " AND ").anyMatch(part -> matches(part, names)));
  }

  private static Stream<String> choices(String expression, String word) {
    return Arrays.stream(expression.replace("(", " ").replace(")", " ").split(word, -1));
  }

  private static boolean matches(String part, List<String> forbidden) {
    String name = identifier(part);
    return forbidden.stream()
        .anyMatch(other -> name.equals(other) || (isFamily(other) && name.startsWith(other + "-")));
  }

  private static boolean isFamily(String identifier) {
    return identifier.chars().noneMatch(Character::isDigit);
  }

  /** The SPDX identifier without what says whether later versions are meant as well. */
  static String identifier(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    for (Map.Entry<Pattern, String> family : FAMILIES.entrySet()) {
      if (family.getKey().matcher(lower).find()) {
        return identifier(family.getValue(), lower);
      }
    }
    return name.strip();
  }

  private static String identifier(String family, String name) {
    Matcher version = VERSION.matcher(name);
    if (family.equals("BSD")) {
      return name.contains("2") ? "BSD-2-Clause" : "BSD-3-Clause";
    }
    if (!family.contains("%s")) {
      return family;
    }
    if (!version.find()) {
      return family.replace("-%s", "");
    }
    String minor = version.group(2) == null ? "0" : version.group(2);
    return family.formatted(version.group(1) + "." + minor);
  }
}
