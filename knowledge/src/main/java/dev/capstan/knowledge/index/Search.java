package dev.capstan.knowledge.index;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.Fusion.Fused;
import dev.capstan.knowledge.index.Fusion.Place;
import dev.capstan.knowledge.index.Ranking.Ranked;
import dev.capstan.knowledge.vectors.VectorStore.Near;
import dev.capstan.knowledge.vectors.VectorsUnavailable;
import dev.capstan.workspace.optout.OptOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/**
 * One search. Filters are part of the query, so the rarest hit is found under any of them. It is
 * looked for in several ways: BM25 over words of the text, the header and the path, and symbols by
 * their exact names, in the order of {@link Ranking}; what is near in meaning; and what like
 * commits changed. {@link Fusion} brings them together.
 */
final class Search {
  private static final int MOST_WORDS = 60;
  private static final int DEPTH = 200;
  private static final float FIRST_LINE_WEIGHT = 2;
  private static final int HEAD = 10;

  /** Say nothing of what is asked, but are rare in names and paths. */
  private static final Set<String> STOP_WORDS =
      Set.of(
          "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do", "does", "for",
          "from", "how", "i", "if", "in", "into", "is", "it", "its", "no", "not", "now", "of", "on",
          "or", "so", "such", "that", "the", "their", "then", "there", "these", "this", "to", "was",
          "we", "what", "when", "where", "which", "will", "with", "you");

  private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");
  private static final Pattern LOOKS_LIKE_CODE =
      Pattern.compile("\\p{Ll}\\p{Lu}|\\p{Lu}\\p{Lu}\\p{Ll}|_|\\d");

  private final IndexSearcher searcher;
  private final CodeAnalyzer analyzer;
  private final Optional<Meanings> meanings;
  private final View view;
  private final Question question;
  private final Narrowing narrowing;
  private final SequencedMap<String, Float> words;

  /** The documents of chunks that were found by their words. */
  private final Map<Place, Integer> known = new HashMap<>();

  Search(
      IndexSearcher searcher,
      CodeAnalyzer analyzer,
      Optional<Meanings> meanings,
      View view,
      Question question) {
    this.searcher = searcher;
    this.analyzer = analyzer;
    this.meanings = meanings;
    this.view = view;
    this.question = question;
    this.narrowing = Narrowing.of(question);
    this.words = words();
  }

  /** What was found by meaning, of how many files that is known, and why it was not searched. */
  private record ByMeaning(int files, List<Near> chunks, String outage) {}

  Answer answer() throws IOException {
    Map<String, Query> parts = parts();
    ByMeaning byMeaning = byMeaning();
    List<Hit> hits = new ArrayList<>();
    for (Fused fused : fused(parts, byMeaning.chunks())) {
      if (hits.size() == question.most()) {
        break;
      }
      OptionalInt chunk =
          known.containsKey(fused.place())
              ? OptionalInt.of(known.get(fused.place()))
              : chunk(fused.place());
      if (chunk.isPresent()) {
        Document stored = searcher.storedFields().document(chunk.getAsInt());
        if (!hasOptedOut(stored)) {
          hits.add(hit(fused, chunk.getAsInt(), stored, parts));
        }
      }
    }
    return new Answer(
        view.commit(),
        view.units().size(),
        byMeaning.files(),
        view.files().size(),
        byMeaning.outage(),
        hits);
  }

  private ByMeaning byMeaning() {
    if (meanings.isEmpty()) {
      return new ByMeaning(0, List.of(), "");
    }
    try {
      int files = meanings.get().present(view);
      boolean some = files > 0 && !isBare();
      return new ByMeaning(
          files,
          some ? meanings.get().nearest(question.text(), view, narrowing, DEPTH) : List.of(),
          "");
    } catch (VectorsUnavailable outage) {
      return new ByMeaning(0, List.of(), String.valueOf(outage.getMessage()));
    }
  }

  private List<Fused> fused(Map<String, Query> parts, List<Near> byMeaning) throws IOException {
    Ranking ranking = Ranking.of(searcher.getIndexReader(), question);
    Profile profile = question.profile();
    Fusion fusion = new Fusion();
    List<Ranked> byWords = ranking.rank(byWords(parts));
    byWords.forEach(
        chunk -> known.put(new Place(chunk.path(), chunk.firstLine()), chunk.document()));
    fusion.add(
        "words",
        byWords.stream().map(chunk -> new Place(chunk.path(), chunk.firstLine())).toList(),
        _ -> profile.words());
    fusion.add(
        "meaning",
        byMeaning.stream().map(chunk -> new Place(chunk.path(), chunk.firstLine())).toList(),
        place -> profile.meaning() * weight(ranking, place.path()));
    if (profile.history() > 0 && !isBare()) {
      List<String> changed = PastCommits.changedFor(searcher, view.name(), words);
      fusion.addFiles(
          "history",
          changed.stream().filter(path -> view.findable(path).isPresent()).limit(DEPTH).toList(),
          path -> profile.history() * weight(ranking, path));
    }
    return fusion.order();
  }

  private static double weight(Ranking ranking, String path) {
    return ranking.weight(Role.of(path, Language.of(path)).word());
  }

  private ScoreDoc[] byWords(Map<String, Query> parts) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    parts.values().forEach(part -> any.add(part, Occur.SHOULD));
    query.add(any.build(), Occur.MUST);
    chunks().forEach(filter -> query.add(filter, Occur.FILTER));
    return searcher.search(query.build(), Math.max(DEPTH, question.most())).scoreDocs;
  }

  /** Empty if the filters leave it out. */
  private OptionalInt chunk(Place place) throws IOException {
    Optional<String> unit = view.findable(place.path()).map(Units::of);
    if (unit.isEmpty()) {
      return OptionalInt.empty();
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(new TermQuery(new Term(Fields.UNIT, unit.get())), Occur.FILTER);
    query.add(new TermQuery(new Term(Fields.KIND, Fields.CHUNK)), Occur.FILTER);
    narrowing.queries().forEach(filter -> query.add(filter, Occur.FILTER));
    if (place.firstLine() != Fusion.ANY_LINE) {
      query.add(
          NumericDocValuesField.newSlowExactQuery(Fields.FIRST_VALUE, place.firstLine()),
          Occur.FILTER);
    }
    return Stream.of(searcher.search(query.build(), 1).scoreDocs)
        .mapToInt(found -> found.doc)
        .findFirst();
  }

  /** With how much each counts: where there are several lines, those of the first say most. */
  private SequencedMap<String, Float> words() {
    String text = question.text().strip();
    SequencedSet<String> first = analyzer.words(text.lines().findFirst().orElse(""), MOST_WORDS);
    SequencedSet<String> all = analyzer.words(text, MOST_WORDS);
    if (all.stream().anyMatch(word -> !STOP_WORDS.contains(word))) {
      all.removeAll(STOP_WORDS);
    }
    boolean one = first.containsAll(all);
    SequencedMap<String, Float> weights = new LinkedHashMap<>();
    all.forEach(word -> weights.put(word, !one && first.contains(word) ? FIRST_LINE_WEIGHT : 1));
    return weights;
  }

  /** True if one thing is asked for by its name. */
  private boolean isBare() {
    return !question.text().strip().contains(" ");
  }

  /** The parts of the query, whose scores sum to that of the whole. */
  private Map<String, Query> parts() {
    Map<String, Query> parts = new LinkedHashMap<>();
    parts.put("text", any(Fields.TEXT, words, 1));
    parts.put("header", any(Fields.HEADER, words, 1.2f));
    parts.put("path", any(Fields.PATH_WORDS, words, 0.5f));
    parts.put("symbol", symbols());
    return parts;
  }

  static Query any(String field, SequencedMap<String, Float> words, float weight) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    words.forEach((word, each) ->
        query.add(new BoostQuery(new TermQuery(new Term(field, word)), each), Occur.SHOULD));
    return new BoostQuery(query.build(), weight);
  }

  /** A bare identifier is looked for among the symbols first, a word of a sentence if it is one. */
  private Query symbols() {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    List<String> names = List.of(question.text().strip().split("[^\\p{L}\\p{N}_$]+"));
    boolean bare = isBare();
    String last = names.getLast();
    for (String word : names.stream().distinct().limit(MOST_WORDS).toList()) {
      boolean asked = bare ? word.equals(last) : LOOKS_LIKE_CODE.matcher(word).find();
      if (asked && IDENTIFIER.matcher(word).matches()) {
        query.add(exact(Fields.SYMBOL, word, bare ? 40 : 8), Occur.SHOULD);
        query.add(
            exact(Fields.SYMBOL_ANY_CASE, word.toLowerCase(Locale.ROOT), bare ? 20 : 4),
            Occur.SHOULD);
      }
    }
    return query.build();
  }

  private static Query exact(String field, String name, float score) {
    return new BoostQuery(new ConstantScoreQuery(new TermQuery(new Term(field, name))), score);
  }

  private List<Query> chunks() {
    List<Query> filters = narrowing.queries();
    filters.add(view.filter());
    filters.add(new TermQuery(new Term(Fields.KIND, Fields.CHUNK)));
    return filters;
  }

  /** Looked at once more, whatever the index was told. */
  private static boolean hasOptedOut(Document stored) {
    return number(stored, Fields.FIRST) <= HEAD
        && OptOut.marked(stored.get(Fields.TEXT)).isPresent();
  }

  private static int number(Document stored, String field) {
    return stored.getField(field).numericValue().intValue();
  }

  private Hit hit(Fused fused, int document, Document stored, Map<String, Query> parts)
      throws IOException {
    Map<String, Double> scores = new HashMap<>(fused.parts());
    for (Map.Entry<String, Query> part : parts.entrySet()) {
      double score = searcher.explain(part.getValue(), document).getValue().doubleValue();
      scores.put("bm25." + part.getKey(), score);
    }
    return new Hit(
        stored.get(Fields.PATH),
        stored.get(Fields.BLOB),
        number(stored, Fields.FIRST),
        number(stored, Fields.LAST),
        stored.get(Fields.LANGUAGE),
        stored.get(Fields.ROLE),
        stored.get(Fields.HEADER),
        stored.get(Fields.TEXT),
        fused.score(),
        scores);
  }
}
