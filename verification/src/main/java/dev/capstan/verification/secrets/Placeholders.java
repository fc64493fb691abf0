package dev.capstan.verification.secrets;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;

/** Tells what stands for a secret from a secret. */
final class Placeholders {
  private static final double LEAST_ENTROPY_OF_TOKEN = 2.8;
  private static final double LEAST_ENTROPY_OF_PASSWORD = 2.7;
  private static final int SHORT = 16;

  /** No random token holds one of them by chance. */
  private static final List<String> IN_TOKENS =
      List.of(
          "example",
          "xxxx",
          "placeholder",
          "redacted",
          "changeme",
          "dummy",
          "12345678",
          "00000000",
          "abcdefgh",
          "****",
          "....",
          "your_",
          "your-",
          "${",
          "{{",
          "<");

  /** The documentation of JSON web tokens everywhere shows one of this subject: 1234567890. */
  private static final String DOCUMENTED_SUBJECT = "eyJzdWIiOiIxMjM0NTY3ODkwI";

  private static final List<String> IN_VALUES =
      List.of(
          "test",
          "sample",
          "secret",
          "password",
          "passwd",
          "token",
          "foobar",
          "changeit",
          "todo",
          "fake",
          "mock",
          "undefined",
          "default",
          "your",
          "insert",
          "replace",
          "enter",
          "abc123",
          "s3cret",
          "s3cr3t",
          "hunter2",
          "letmein",
          "qwerty");

  /** Values that are looked up elsewhere. */
  private static final List<String> LOOKED_UP =
      List.of("${", "$(", "{{", "%(", "#{", "process.env", "environ", "getenv", "vault:", "://");

  /** Spaces, and what regular expressions and formats are made of. */
  private static final Pattern PATTERN = Pattern.compile("[\\s\\[\\\\{]");

  private static final String SIGNS_OF_LOOK_UP = "$%@<{&*";

  private Placeholders() {}

  static boolean inToken(String token) {
    String lower = token.toLowerCase(Locale.ROOT);
    return Entropy.of(token) < LEAST_ENTROPY_OF_TOKEN
        || token.contains(DOCUMENTED_SUBJECT)
        || IN_TOKENS.stream().anyMatch(lower::contains);
  }

  /** True for a password that everybody knows or that is looked up elsewhere. */
  static boolean isPlain(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return SIGNS_OF_LOOK_UP.indexOf(value.charAt(0)) >= 0
        || LOOKED_UP.stream().anyMatch(lower::contains)
        || IN_TOKENS.stream().anyMatch(lower::contains)
        || IN_VALUES.stream().anyMatch(lower::contains)
        || !(lower.chars().anyMatch(Character::isDigit) || Entropy.of(value) > 3);
  }

  /** True for a literal that a secret's name is given: it mixes letters and digits at random. */
  static boolean isSecretValue(String value) {
    return !isPlain(value) && !PATTERN.matcher(value).find() && isMixed(value);
  }

  /** The same for a value without quotes, which in code may be an expression. */
  static boolean isSecretSetting(String value) {
    return isSecretValue(value) && Entropy.isRandom(value) && value.indexOf('.') < 0;
  }

  private static boolean isMixed(String value) {
    if (value.length() >= SHORT) {
      return Entropy.isRandom(value);
    }
    return Entropy.of(value) >= LEAST_ENTROPY_OF_PASSWORD
        && value.chars().anyMatch(Character::isLetter)
        && value.chars().anyMatch(Character::isDigit)
        && Entropy.transitions(value) + marks(value) >= 2
        && !isWords(value);
  }

  /** Names such as {@code symbol2number} are of one case and hold one number. */
  private static boolean isWords(String value) {
    return marks(value) == 0
        && Entropy.transitions(value) <= 2
        && value.equals(value.toLowerCase(Locale.ROOT));
  }

  private static long marks(String value) {
    return value.chars().filter(c -> "!?#+=~^|".indexOf(c) >= 0).count();
  }
}
