package dev.capstan.knowledge.index;

import dev.capstan.knowledge.Language;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a file is for, by its name. */
public enum Role {
  CODE,
  TEST,
  DOCS;

  private static final Pattern TESTS =
      Pattern.compile(
          "(?:^|/)(?:tests?|testing|__tests__|specs?|testdata|e2e|fixtures?|examples?|samples?|benchmarks?)/"
              + "|(?:^|/)src/[a-z0-9]*test[a-z0-9]*/|(?:^|/)test_[^/]*$"
              + "|(?:[._-]test|[._-]spec|_tests)\\.[a-z]+$|(?:^|/)[^/]*tests?\\.(?:java|kt)$");

  public static Role of(String path, Language language) {
    String lower = path.toLowerCase(Locale.ROOT);
    boolean main = lower.contains("src/main/");
    if (!main && TESTS.matcher(lower).find()) {
      return TEST;
    }
    boolean prose =
        language == Language.MARKDOWN
            || lower.endsWith(".rst")
            || lower.endsWith(".adoc")
            || lower.endsWith(".txt");
    return prose ? DOCS : CODE;
  }

  /** As users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
