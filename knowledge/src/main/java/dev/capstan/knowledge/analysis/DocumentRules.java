package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.knowledge.parsing.Parsed.Mention;
import dev.capstan.knowledge.parsing.ParsedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether what is written about code fits what is there. */
final class DocumentRules {
  private static final Pattern SPEAKS_OF_CODE =
      Pattern.compile("\\w*\\p{Ll}\\p{Lu}\\w*|\\p{Lu}\\w+(?:[.#]|::)\\w+");
  private static final Pattern FILE_NAME =
      Pattern.compile(".*[.](?:md|xml|ya?ml|json|txt|java|kts?|py|[jt]sx?|go|rs|html|css|toml|sh)");

  /** Speaks of what was, and of what is no more. */
  private static final Pattern OF_THE_PAST =
      Pattern.compile("(?i)(?:.*/)?[^/]*(?:change|history|release|migrat|upgrad|news)[^/]*");

  private static final Pattern FENCE = Pattern.compile("\\s*(?:```|~~~)");

  private final Examined examined;

  DocumentRules(Examined examined) {
    this.examined = examined;
  }

  /** What is documented, there and tested. */
  List<Claim> agreements() {
    Map<String, List<Edge>> documented = examined.resolvedTo(Edge.Type.DOCUMENTS);
    documented.values().forEach(docs -> docs.removeIf(doc -> !speaksOfNow(doc.path())));
    Map<String, List<Edge>> tested = examined.resolvedTo(Edge.Type.TESTS);
    tested.values().forEach(tests -> tests.removeIf(test -> !examined.hasTests(test.path())));
    List<Claim> found = new ArrayList<>();
    for (Node symbol : examined.symbols()) {
      List<Edge> docs = documented.getOrDefault(symbol.id(), List.of());
      List<Edge> tests = tested.getOrDefault(symbol.id(), List.of());
      if (!docs.isEmpty() && !tests.isEmpty()) {
        found.add(
            new Claim(
                Kind.AGREEMENT,
                "documented, there and tested",
                symbol.name() + " is documented, is there, and is called by a test",
                List.of(
                    examined.id(symbol),
                    examined.id(docs.getFirst()),
                    examined.id(tests.getFirst()))));
      }
    }
    return found;
  }

  /** Of documents that lie in the subject, or speak of something in it. */
  List<Claim> missing() {
    Set<String> speaking = new HashSet<>();
    examined.edges().stream()
        .filter(edge -> edge.type() == Edge.Type.DOCUMENTS && edge.state() == State.RESOLVED)
        .filter(edge -> examined.node(edge.to()).stream().anyMatch(n -> examined.isOf(n.path())))
        .forEach(edge -> speaking.add(edge.path()));
    return examined
        .index()
        .parsed(
            examined.view(), file -> examined.isOf(file.path()) || speaking.contains(file.path()))
        .stream()
        .filter(doc -> speaksOfNow(doc.path()))
        .sorted(Comparator.comparing(ParsedFile::path))
        .flatMap(doc -> missing(doc).stream())
        .toList();
  }

  /** Neither a list of what was changed nor an input of a test. */
  private boolean speaksOfNow(String path) {
    return !OF_THE_PAST.matcher(path).matches() && !examined.isOfTests(path);
  }

  private List<Claim> missing(ParsedFile doc) {
    List<Claim> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Set<String> shown = wordsOfSamples(doc.path());
    for (Mention mention : doc.parsed().mentions()) {
      String name = mention.text().replaceAll(".*[.#:]", "");
      if (isOfCode(mention.text())
          && seen.add(mention.text())
          && !shown.contains(name)
          && !examined.stands(name, "code", "test")) {
        found.add(
            new Claim(
                Kind.GAP,
                "documented and not there",
                doc.path()
                    + " names "
                    + mention.text()
                    + ", which stands in no code that can be found",
                List.of(examined.id(doc.path(), mention.line(), mention.line()))));
      }
    }
    return found;
  }

  /** What a document declares in samples of its own need not be anywhere else. */
  private Set<String> wordsOfSamples(String path) {
    Set<String> words = new HashSet<>();
    boolean within = false;
    for (String line : lines(path)) {
      if (FENCE.matcher(line).lookingAt()) {
        within = !within;
      } else if (within) {
        words.addAll(List.of(line.split("[^\\w$]+", -1)));
      }
    }
    return words;
  }

  private List<String> lines(String path) {
    return examined
        .index()
        .file(examined.view().name(), path)
        .map(content -> List.copyOf(content.lines().values()))
        .orElse(List.of());
  }

  /** Neither a file nor a word of prose. */
  private static boolean isOfCode(String text) {
    return SPEAKS_OF_CODE.matcher(text).matches() && !FILE_NAME.matcher(text).matches();
  }
}
