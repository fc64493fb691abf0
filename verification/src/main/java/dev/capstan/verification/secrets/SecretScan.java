package dev.capstan.verification.secrets;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scans texts for secrets: as they stand, with literals and lines joined, and with what is encoded
 * in them decoded, twice over. The work is bounded, whatever the texts hold. Not for several
 * threads.
 */
public final class SecretScan {
  private static final int LAYERS = 2;
  private static final String SPLIT = "split";
  private static final int MOST_LEAKS = 200;

  /** Of what patterns have to read; at some 5 million a second that is a quarter of a minute. */
  private static final long MOST_CHARACTERS = 80_000_000;

  private static final List<Rule> DISTINCT = Rules.ALL.stream().filter(Rule::distinct).toList();

  private final long bound;
  private long characters;
  private Map<String, Leak> leaks = new LinkedHashMap<>();

  public SecretScan() {
    this(MOST_CHARACTERS);
  }

  SecretScan(long bound) {
    this.bound = bound;
  }

  /** False if there was more to read than the bound allows, so that leaks may be missing. */
  public boolean isWhole() {
    return characters <= bound;
  }

  /** The secrets of one text, each once, in the order of the surest way to see them. */
  public List<Leak> scan(String text) {
    leaks = new LinkedHashMap<>();
    View plain = Views.plain(text);
    View glued = Views.glued(plain);
    View lines = Views.lines(plain);
    search(plain, "");
    search(glued, SPLIT);
    searchJoined(Views.literals(plain));
    searchJoined(lines);
    for (View view : List.of(plain, glued, lines)) {
      decode(view, LAYERS);
    }
    return List.copyOf(leaks.values());
  }

  /** The values of those that stand in the text as they are, to be taken out of it. */
  public List<String> openSecrets(String text) {
    leaks = new LinkedHashMap<>();
    search(Views.plain(text), "");
    return leaks.values().stream().map(Leak::value).filter(text::contains).toList();
  }

  private void decode(View view, int layers) {
    if (layers == 0) {
      return;
    }
    for (Encoded.Piece piece : Encoded.in(view.text())) {
      View inner = View.inLine(piece.text(), view.lineAt(piece.at()));
      search(inner, piece.way());
      decode(inner, layers - 1);
    }
  }

  private void search(View view, String way) {
    String lower = lowerCase(view.text());
    Rules.ALL.forEach(rule -> search(view, lower, rule, rule.pattern(), way));
  }

  private void searchJoined(View view) {
    String lower = lowerCase(view.text());
    DISTINCT.forEach(rule -> search(view, lower, rule, rule.joined(), SPLIT));
  }

  private void search(View view, String lower, Rule rule, Pattern pattern, String way) {
    for (Windows.Window window : Windows.of(lower, rule)) {
      characters += window.to() - window.from();
      if (!isWhole() || leaks.size() >= MOST_LEAKS) {
        return;
      }
      Matcher matcher = pattern.matcher(view.text().substring(window.from(), window.to()));
      while (matcher.find()) {
        String value = matcher.group(matcher.groupCount());
        if (rule.believable().test(value) && (!joined(way) || Entropy.transitions(value) > 1)) {
          int line = view.lineAt(window.from() + matcher.start(matcher.groupCount()));
          add(new Leak(rule.name(), value, line, way));
        }
      }
    }
  }

  /** Joined, names of kinds of tokens look like one; they hold no digits. */
  private static boolean joined(String way) {
    return way.equals(SPLIT);
  }

  /** A part of what is known already, seen in another way, is not told again. */
  private void add(Leak leak) {
    boolean known =
        leaks.values().stream()
            .anyMatch(other -> other.value().contains(leak.value()) || sameStart(other, leak));
    if (!known) {
      leaks.put(leak.value(), leak);
    }
  }

  /** Joined texts may have grown beyond the secret's end. */
  private static boolean sameStart(Leak known, Leak joined) {
    return known.line() == joined.line()
        && known.rule().equals(joined.rule())
        && joined.value().startsWith(known.value());
  }

  /** Only ASCII, so that every character keeps its place. */
  private static String lowerCase(String text) {
    char[] characters = text.toCharArray();
    for (int i = 0; i < characters.length; i++) {
      char c = characters[i];
      characters[i] = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    return new String(characters);
  }
}
