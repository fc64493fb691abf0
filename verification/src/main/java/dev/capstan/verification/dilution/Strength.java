package dev.capstan.verification.dilution;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How much an assertion asks for, from nothing to one exact value. */
enum Strength {
  /** Holds whatever the code does. */
  TRIVIAL("nothing"),
  /** There is something. */
  PRESENT("that there is something"),
  /** A condition, such as a bound, a part or a type. */
  PARTIAL("a condition"),
  /** A value within a tolerance. */
  CLOSE("a value with a tolerance"),
  /** One value. */
  EXACT("one value");

  private static final Set<String> EXACT_NAMES =
      Set.of(
          "tobe",
          "is",
          "eq",
          "same",
          "shouldbe",
          "shouldequal",
          "deepequal",
          "eql",
          "eqls",
          "asserteq",
          "assertis",
          "toreturn",
          "isempty",
          "tobenull",
          "tobeundefined",
          "isnull",
          "assertnull",
          "assertisnone",
          "nil",
          "isnil",
          "asserttrue",
          "assertfalse",
          "istrue",
          "isfalse",
          "tomatchsnapshot",
          "tomatchinlinesnapshot",
          "verifynomoreinteractions",
          "verifynointeractions");
  private static final Pattern EXACT_PARTS =
      Pattern.compile(
          ".*(?:equal|issame|assertsame|containsexactly|throws?$|rais|fails?with|calledwith|calledtimes|"
              + "isexactly|notequal|assertcountequal|nullvalue).*");
  private static final Pattern CLOSE_PARTS =
      Pattern.compile(
          ".*(?:closeto|almostequal|almost|indelta|inepsilon|approx|allclose|isclose|within|relativeeq|absdiff).*");
  private static final Set<String> PRESENT_NAMES =
      Set.of(
          "assertnotnull",
          "isnotnull",
          "notnull",
          "notnil",
          "assertisnotnone",
          "tobedefined",
          "tobetruthy",
          "isnotempty",
          "notempty",
          "exist",
          "exists",
          "ok",
          "isok",
          "defined",
          "shouldnotbenull",
          "assertdoesnotthrow",
          "doesnotthrowanyexception",
          "doesnotthrow",
          "nottothrow",
          "noerror",
          "assertnotraises",
          "isnotblank",
          "isdefined");
  private static final Pattern ANYTHING =
      Pattern.compile(
          ".*\\b(?:any|anyString|anyInt|anyLong|anyDouble|anyBoolean|anyList|anyMap|anySet|anyObject|isA|anything|ANY|Anything)\\b\\s*(?:\\(|<|$|,|\\.).*");
  private static final Pattern BARE = Pattern.compile("!? ?[\\w. ]+");
  private static final List<String> CLOSE_CONDITIONS =
      List.of("abs (", ". abs", "isclose", "approx", "allclose", "EPSILON");

  private final String words;

  Strength(String words) {
    this.words = words;
  }

  /** Such as "one value". */
  String words() {
    return words;
  }

  /**
   * The strength of a call.
   *
   * @param negated it asks that something is not so
   */
  static Strength of(String name, String arguments, boolean negated) {
    String plain = name.replace("_", "").replace("!", "").toLowerCase(Locale.ROOT);
    Strength asked = named(plain);
    if (asked == EXACT && (plain.contains("notequal") || plain.contains("notsame"))) {
      asked = PARTIAL;
    }
    if (negated) {
      asked =
          plain.contains("null") || plain.equals("tobeundefined") || plain.startsWith("tothrow")
              ? PRESENT
              : min(asked, PARTIAL);
    }
    return asked.compareTo(PARTIAL) > 0 && ANYTHING.matcher(arguments).matches() ? PRESENT : asked;
  }

  private static Strength named(String plain) {
    if (PRESENT_NAMES.contains(plain)) {
      return PRESENT;
    }
    if (CLOSE_PARTS.matcher(plain).matches()) {
      return CLOSE;
    }
    return EXACT_NAMES.contains(plain) || EXACT_PARTS.matcher(plain).matches() ? EXACT : PARTIAL;
  }

  private static Strength min(Strength one, Strength other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The strength of asking that a condition, given as tokens with spaces between, is true. */
  static Strength ofCondition(String condition) {
    String text = condition.strip();
    if (text.matches("(?i)\\(?\\s*(?:true|1|!\\s*false|not false)\\s*\\)?") || saysItself(text)) {
      return TRIVIAL;
    }
    if (CLOSE_CONDITIONS.stream().anyMatch(text::contains)) {
      return CLOSE;
    }
    if (text.matches(".*(?:!= null|is not None|!= nil|!== undefined|!== null).*")) {
      return PRESENT;
    }
    if (text.matches(".*(?:==|\\. equals \\(|\\bis\\b).*") && !text.contains(" or ")) {
      return EXACT;
    }
    return BARE.matcher(text).matches() && !text.startsWith("!") && !text.startsWith("not ")
        ? PRESENT
        : PARTIAL;
  }

  /** {@code a == a} and the like. */
  static boolean saysItself(String condition) {
    String[] sides = condition.split("===?|\\bis\\b", -1);
    return sides.length == 2 && !sides[0].isBlank() && sides[0].strip().equals(sides[1].strip());
  }
}
