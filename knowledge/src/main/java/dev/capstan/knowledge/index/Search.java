package dev.capstan.knowledge.index;

import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.Ranking.Ranked;
import dev.capstan.workspace.optout.OptOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;

/**
 * One search. Filters are part of the query, so the rarest hit is found under any of them. BM25
 * over words of the text, the header and the path, and symbols by their exact names; {@link
 * Ranking} then puts them in order.
 */
final class Search {
  private static final int MOST_WORDS = 60;
  private static final int DEPTH = 200;
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
  private final View view;
  private final Question question;

  Search(IndexSearcher searcher, CodeAnalyzer analyzer, View view, Question question) {
    this.searcher = searcher;
    this.analyzer = analyzer;
    this.view = view;
    this.question = question;
  }

  Answer answer() throws IOException {
    Map<String, Query> parts = parts();
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    parts.values().forEach(part -> words.add(part, Occur.SHOULD));
    query.add(words.build(), Occur.MUST);
    filters().forEach(filter -> query.add(filter, Occur.FILTER));
    ScoreDoc[] found = searcher.search(query.build(), Math.max(DEPTH, question.most())).scoreDocs;
    List<Hit> hits = new ArrayList<>();
    for (Ranked ranked : Ranking.of(searcher.getIndexReader(), question).rank(found)) {
      Document stored = searcher.storedFields().document(ranked.document());
      if (hits.size() < question.most() && !hasOptedOut(stored)) {
        hits.add(hit(ranked, stored, parts));
      }
    }
    return new Answer(view.commit(), view.units().size(), view.files().size(), hits);
  }

  /** The parts of the query, whose scores sum to that of the whole. */
  private Map<String, Query> parts() {
    SequencedSet<String> words = analyzer.words(question.text(), MOST_WORDS);
    if (words.stream().anyMatch(word -> !STOP_WORDS.contains(word))) {
      words.removeAll(STOP_WORDS);
    }
    Map<String, Query> parts = new LinkedHashMap<>();
    parts.put("text", any(Fields.TEXT, words, 1));
    parts.put("header", any(Fields.HEADER, words, 1.2f));
    parts.put("path", any(Fields.PATH_WORDS, words, 0.5f));
    parts.put("symbol", symbols());
    return parts;
  }

  private static Query any(String field, SequencedSet<String> words, float weight) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    words.forEach(word -> query.add(new TermQuery(new Term(field, word)), Occur.SHOULD));
    return new BoostQuery(query.build(), weight);
  }

  /** A bare identifier is looked for among the symbols first, a word of a sentence if it is one. */
  private Query symbols() {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    List<String> words = List.of(question.text().strip().split("[^\\p{L}\\p{N}_$]+"));
    boolean bare = words.size() == 1 || !question.text().strip().contains(" ");
    String last = words.getLast();
    for (String word : words.stream().distinct().limit(MOST_WORDS).toList()) {
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

  private List<Query> filters() {
    List<Query> filters = new ArrayList<>();
    filters.add(view.filter());
    filters.add(new TermQuery(new Term(Fields.KIND, Fields.CHUNK)));
    addFilter(
        filters, question.languages().stream().map(word -> term(Fields.LANGUAGE, word)).toList());
    addFilter(filters, question.roles().stream().map(word -> term(Fields.ROLE, word)).toList());
    addFilter(
        filters,
        question.paths().stream()
            .<Query>map(path -> new WildcardQuery(new Term(Fields.PATH, pattern(path))))
            .toList());
    return filters;
  }

  private static Query term(String field, String word) {
    return new TermQuery(new Term(field, word.toLowerCase(Locale.ROOT)));
  }

  private static String pattern(String path) {
    String plain = path.startsWith("/") ? path.substring(1) : path;
    boolean folder = plain.endsWith("/");
    return folder ? plain + "*" : plain;
  }

  private static void addFilter(List<Query> filters, List<Query> alternatives) {
    if (!alternatives.isEmpty()) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      alternatives.forEach(query -> any.add(query, Occur.SHOULD));
      filters.add(any.build());
    }
  }

  /** Looked at once more, whatever the index was told. */
  private static boolean hasOptedOut(Document stored) {
    return number(stored, Fields.FIRST) <= HEAD
        && OptOut.marked(stored.get(Fields.TEXT)).isPresent();
  }

  private static int number(Document stored, String field) {
    return stored.getField(field).numericValue().intValue();
  }

  private Hit hit(Ranked ranked, Document stored, Map<String, Query> parts) throws IOException {
    Map<String, Double> scores = new HashMap<>();
    double sum = 0;
    for (Map.Entry<String, Query> part : parts.entrySet()) {
      double score = searcher.explain(part.getValue(), ranked.document()).getValue().doubleValue();
      scores.put(part.getKey(), score);
      sum += score;
    }
    scores.put("factor", sum == 0 ? 1 : ranked.score() / sum);
    return new Hit(
        stored.get(Fields.PATH),
        stored.get(Fields.BLOB),
        number(stored, Fields.FIRST),
        number(stored, Fields.LAST),
        stored.get(Fields.LANGUAGE),
        stored.get(Fields.ROLE),
        stored.get(Fields.HEADER),
        stored.get(Fields.TEXT),
        ranked.score(),
        scores);
  }
}
