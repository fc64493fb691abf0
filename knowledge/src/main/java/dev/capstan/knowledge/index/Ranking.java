package dev.capstan.knowledge.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ScoreDoc;

/**
 * Puts what was found in order: tests and prose count less, a file of which much was found counts
 * more, and each further hit of a file counts less than the one before.
 */
final class Ranking {
  private static final double TEST_WEIGHT = 0.5;
  private static final double SAME_FILE_WEIGHT = 0.8;

  /** Times the logarithm of the sum of the file's scores. */
  private static final double SUPPORT = 1.5;

  private final IndexReader reader;
  private final boolean testsAreAsked;
  private final double docsWeight;

  /** One chunk with its final score. */
  record Ranked(int document, String path, int firstLine, String role, double score) {
    Ranked scored(double other) {
      return new Ranked(document, path, firstLine, role, other);
    }
  }

  private Ranking(IndexReader reader, boolean testsAreAsked, double docsWeight) {
    this.reader = reader;
    this.testsAreAsked = testsAreAsked;
    this.docsWeight = docsWeight;
  }

  static Ranking of(IndexReader reader, Question question) {
    String text = question.text().toLowerCase(Locale.ROOT);
    return new Ranking(
        reader,
        text.contains("test") || question.roles().contains(Role.TEST.word()),
        question.roles().contains(Role.DOCS.word()) ? 1 : question.profile().docs());
  }

  List<Ranked> rank(ScoreDoc[] found) throws IOException {
    List<Ranked> weighted = weighted(found);
    Map<String, Double> sums = new HashMap<>();
    weighted.forEach(each -> sums.merge(each.path(), each.score(), Double::sum));
    weighted.sort(Comparator.comparingDouble(Ranked::score).reversed());
    Map<String, Integer> seen = new HashMap<>();
    return weighted.stream()
        .map(each -> {
          int nth = seen.merge(each.path(), 1, Integer::sum) - 1;
          double supported =
              each.score() + SUPPORT * Math.log1p(sums.getOrDefault(each.path(), 0.0));
          return each.scored(supported * Math.pow(SAME_FILE_WEIGHT, nth));
        })
        .sorted(
            Comparator.comparingDouble(Ranked::score)
                .reversed()
                .thenComparing(Ranked::path)
                .thenComparingInt(Ranked::firstLine))
        .toList();
  }

  private List<Ranked> weighted(ScoreDoc[] found) throws IOException {
    List<Ranked> weighted = new ArrayList<>();
    read(reader, found)
        .forEach(each -> weighted.add(each.scored(each.score() * weight(each.role()))));
    return weighted;
  }

  /** Values are read in the order of the documents, as they lie. */
  private static List<Ranked> read(IndexReader reader, ScoreDoc[] found) throws IOException {
    List<Ranked> read = new ArrayList<>();
    if (found.length == 0) {
      return read;
    }
    SortedDocValues paths = MultiDocValues.getSortedValues(reader, Fields.PATH_VALUE);
    SortedDocValues roles = MultiDocValues.getSortedValues(reader, Fields.ROLE_VALUE);
    NumericDocValues lines = MultiDocValues.getNumericValues(reader, Fields.FIRST_VALUE);
    for (ScoreDoc each :
        Stream.of(found).sorted(Comparator.comparingInt((ScoreDoc one) -> one.doc)).toList()) {
      paths.advanceExact(each.doc);
      roles.advanceExact(each.doc);
      lines.advanceExact(each.doc);
      read.add(
          new Ranked(
              each.doc,
              paths.lookupOrd(paths.ordValue()).utf8ToString(),
              (int) lines.longValue(),
              roles.lookupOrd(roles.ordValue()).utf8ToString(),
              each.score));
    }
    return read;
  }

  /** How much what stands in such a file counts. */
  double weight(String role) {
    if (role.equals(Role.TEST.word())) {
      return testsAreAsked ? 1 : TEST_WEIGHT;
    }
    return role.equals(Role.DOCS.word()) ? docsWeight : 1;
  }
}
