package dev.capstan.verification.claims;

import dev.capstan.verification.claims.Claim.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads claims in English, sentence by sentence. It knows a few usual forms and no more: what is
 * hedged, denied, asked or quoted is passed over, as a wrong accusation is worse than a missed
 * claim. Takes time linear in the words, of which it reads the last {@value #MOST} characters.
 */
final class ClaimReader {
  static final int MOST = 8_000;
  private static final int LONGEST_SENTENCE = 400;
  private static final int IGNORING_CASE = Pattern.CASE_INSENSITIVE;

  private static final Pattern QUOTED = Pattern.compile("(?s)```.*?(?:```|$)|(?m)^>.*$");
  private static final Pattern BETWEEN_SENTENCES = Pattern.compile("(?<=[.!?])\\s+|\\n+");
  private static final Pattern HEDGED =
      words(
          "should|could|would|might|may|if|unless|until|expect(?:ed)?|hopefully|probably|likely"
              + "|so that|ensure|please|need|needs|want|wanted|try|tried|will|cannot|unable|except"
              + "|not|nothing|never|without (?:running|being)|fail|fails|failed|failing|before|previously|todo|asked|\\w+n['’]t");
  private static final Pattern FILE =
      Pattern.compile(
          "(?<![\\w/.@-])(?:[\\w@.-]{1,80}/){0,20}[\\w@-][\\w@.-]{0,80}\\.[A-Za-z]\\w{0,9}");

  private static final Pattern TESTS_PASS =
      words(
          "(?:all|the|every|existing|unit) (?:[\\w-]+ ){0,4}tests? (?:cases? )?(?:still |now |all )*"
              + "(?:pass|passes|passed|succeed|succeeded|(?:is|are) (?:green|passing))"
              + "|tests? (?:are )?all (?:pass|passed|passing|green)|^tests pass"
              + "|test suite (?:still |now )*(?:passes|passed|is green|is passing)");
  private static final Pattern BUILD_WORKS =
      words(
          "build (?:still |now )*(?:passes|passed|succeeds|succeeded|works|is green)"
              + "|(?:it|code|project|everything) (?:still |now )*(?:compiles|builds)");
  private static final Pattern LINT_CLEAN =
      words(
          "lint(?:er|ing)? (?:still |now )*(?:passes|passed|is clean)"
              + "|no (?:new )?(?:lint|linter|linting|static analysis) (?:errors?|warnings?|issues?)");
  private static final Pattern TESTS_ADDED =
      words(
          "(?:add|adds|added|wrote|created|introduced) (?!no )(?:[\\w-]+ ){0,6}tests?(?: cases?)?");
  private static final Pattern TESTS_UNTOUCHED =
      words(
          "no tests? (?:[\\w-]+ ){0,2}(?:changed|modified|touched|edited)"
              + "|(?:did not|didn't|without) (?:chang|modify|touch|edit)(?:e|ing|ying)? (?:any |the |existing )*tests?"
              + "|left (?:all |the |existing )*tests? (?:unchanged|untouched|as they were|alone)");
  private static final Pattern ONLY_THESE =
      words(
          "no other files?|nothing else (?:was |has been )?(?:changed|touched|modified|edited)"
              + "|only (?:file )?(?:changed|touched|modified|edited)|the only file");
  private static final Pattern CHANGED_FILE =
      Pattern.compile(
          "(?<![\\w-])(?:changed|updated|modified|edited|created|added|rewrote|wrote|deleted|removed)"
              + " (?:the )?(?:new )?(?:file )?[`'\"]?(?="
              + FILE.pattern()
              + ')',
          IGNORING_CASE);
  private static final Pattern CHANGED =
      words(
          "(?:i|i've|i have|we|we've)(?: have)?(?: now| also)? "
              + "(?:changed|updated|added|fixed|implemented|modified|edited|created|refactored|renamed"
              + "|removed|deleted|rewrote|replaced|moved|extracted)"
              + "|^(?:changed|updated|added|fixed|implemented|modified|edited|created|refactored|renamed"
              + "|removed|deleted|rewrote|replaced|moved|extracted)"
              + "|(?:has|have) been (?:changed|updated|added|fixed|implemented|modified|refactored|removed)");

  private ClaimReader() {}

  private static Pattern words(String alternatives) {
    return Pattern.compile("(?<![\\w-])(?:" + alternatives + ")(?!\\w)", IGNORING_CASE);
  }

  static List<Claim> read(String words) {
    String last = words.substring(Math.max(0, words.length() - MOST));
    String own = QUOTED.matcher(last).replaceAll("\n");
    List<String> everyFile = files(own);
    List<Claim> claims = new ArrayList<>();
    BETWEEN_SENTENCES
        .splitAsStream(own)
        .map(piece -> piece.replaceFirst("^[\\s*•#-]+", "").strip())
        .filter(sentence -> !sentence.isEmpty() && !sentence.endsWith("?"))
        .filter(sentence -> sentence.length() <= LONGEST_SENTENCE)
        .forEach(sentence -> read(sentence, everyFile, claims));
    return claims;
  }

  private static void read(String sentence, List<String> everyFile, List<Claim> claims) {
    if (TESTS_UNTOUCHED.matcher(sentence).find()) {
      claims.add(new Claim(Kind.TESTS_UNTOUCHED, sentence, List.of()));
    }
    if (ONLY_THESE.matcher(sentence).find()) {
      claims.add(new Claim(Kind.ONLY_THESE_FILES, sentence, everyFile));
    }
    if (HEDGED.matcher(sentence).find()) {
      return;
    }
    if (TESTS_PASS.matcher(sentence).find()) {
      claims.add(new Claim(Kind.TESTS_PASS, sentence, List.of()));
    }
    if (BUILD_WORKS.matcher(sentence).find()) {
      claims.add(new Claim(Kind.BUILD_WORKS, sentence, List.of()));
    }
    if (LINT_CLEAN.matcher(sentence).find()) {
      claims.add(new Claim(Kind.LINT_CLEAN, sentence, List.of()));
    }
    if (TESTS_ADDED.matcher(sentence).find()) {
      claims.add(new Claim(Kind.TESTS_ADDED, sentence, List.of()));
    }
    List<String> changed = changedFiles(sentence);
    if (!changed.isEmpty()) {
      claims.add(new Claim(Kind.FILES_CHANGED, sentence, changed));
    } else if (CHANGED.matcher(sentence).find()) {
      claims.add(new Claim(Kind.SOMETHING_CHANGED, sentence, List.of()));
    }
  }

  /** The files that stand right behind a word for changing them. */
  private static List<String> changedFiles(String sentence) {
    List<String> found = new ArrayList<>();
    Matcher verb = CHANGED_FILE.matcher(sentence);
    Matcher file = FILE.matcher(sentence);
    while (verb.find()) {
      if (file.find(verb.end())) {
        found.add(file.group());
      }
    }
    return found;
  }

  private static List<String> files(String text) {
    Set<String> found = new LinkedHashSet<>();
    Matcher file = FILE.matcher(text);
    while (file.find()) {
      found.add(file.group());
    }
    return List.copyOf(found);
  }
}
