package dev.capstan.knowledge.memory;

import dev.capstan.knowledge.embedding.Vectors;
import dev.capstan.knowledge.index.CodeAnalyzer;
import dev.capstan.knowledge.index.Fusion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Remembered texts, found by BM25 over their words and by how near their meaning is, both fused by
 * reciprocal rank. There is always something that is nearest, so a text counts only if it is near
 * enough, or has most of the words. For some thousands of short texts, which are read anew for each
 * question.
 */
public final class Recall {
  /**
   * The cosine from which on two situations are alike. Of 15 questions with bge-small-en-v1.5,
   * those about other work were at 0.36 to 0.64, those about the same in other words at 0.65 to
   * 0.93.
   */
  private static final double NEAR = 0.65;

  private static final double MOST_WORDS = 0.6;
  private static final int LONGEST_QUESTION = 60;
  private static final String ID = "id";
  private static final String TEXT = "text";

  private final SequencedMap<String, String> texts;
  private final Map<String, byte[]> vectors;

  /**
   * What can be recalled.
   *
   * @param texts by their ids; of two that are as good, the first comes first
   * @param vectors of those that have one, of the same model as the question's
   */
  public Recall(SequencedMap<String, String> texts, Map<String, byte[]> vectors) {
    this.texts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(texts));
    this.vectors = Map.copyOf(vectors);
  }

  /**
   * A text that is about the question.
   *
   * @param parts what words and meaning gave; their sum is the score
   */
  public record Recalled(String id, double score, Map<String, Double> parts) {
    public Recalled {
      parts = Map.copyOf(parts);
    }
  }

  /**
   * The best first; empty where nothing is about it.
   *
   * @param meaning the question's vector; empty to go by words alone
   */
  public List<Recalled> of(String question, Optional<byte[]> meaning) {
    Map<String, Double> near = new HashMap<>();
    meaning.ifPresent(
        vector -> vectors.forEach((id, other) -> near.put(id, Vectors.nearness(vector, other))));
    Set<String> worded = new HashSet<>();
    List<String> byWords = byWords(question, worded);
    Set<String> about = new HashSet<>(worded);
    near.forEach((id, nearness) -> {
      if (nearness >= NEAR) {
        about.add(id);
      }
    });
    Fusion fusion = new Fusion();
    fusion.addFiles("words", byWords.stream().filter(about::contains).toList(), _ -> 1);
    fusion.addFiles("meaning", nearest(near, about), _ -> 1);
    Map<String, Recalled> recalled = new HashMap<>();
    fusion
        .order()
        .forEach(found -> {
          String id = found.place().path();
          recalled.put(id, new Recalled(id, found.score(), found.parts()));
        });
    return texts.keySet().stream()
        .flatMap(id -> Optional.ofNullable(recalled.get(id)).stream())
        .sorted(Comparator.comparingDouble(Recalled::score).reversed())
        .toList();
  }

  private List<String> nearest(Map<String, Double> near, Set<String> about) {
    return texts.keySet().stream()
        .filter(id -> about.contains(id) && near.containsKey(id))
        .sorted(Comparator.comparingDouble((String id) -> near.getOrDefault(id, 0.0)).reversed())
        .toList();
  }

  /** Those with any of the words, the best first; those with most of them are added to the set. */
  private List<String> byWords(String question, Set<String> most) {
    try (CodeAnalyzer analyzer = new CodeAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      List<String> words = List.copyOf(analyzer.words(question, LONGEST_QUESTION));
      if (words.isEmpty() || texts.isEmpty()) {
        return List.of();
      }
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
        for (Map.Entry<String, String> text : texts.entrySet()) {
          Document document = new Document();
          document.add(new StoredField(ID, text.getKey()));
          document.add(new TextField(TEXT, text.getValue(), Field.Store.NO));
          writer.addDocument(document);
        }
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        int least = (int) Math.ceil(words.size() * MOST_WORDS);
        most.addAll(found(searcher, words, least));
        return found(searcher, words, 1);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("in memory nothing can fail", failure);
    }
  }

  private List<String> found(IndexSearcher searcher, List<String> words, int least)
      throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder().setMinimumNumberShouldMatch(least);
    words.forEach(word -> query.add(new TermQuery(new Term(TEXT, word)), Occur.SHOULD));
    StoredFields stored = searcher.storedFields();
    List<String> ids = new ArrayList<>();
    for (ScoreDoc each : searcher.search(query.build(), texts.size()).scoreDocs) {
      ids.add(stored.document(each.doc).get(ID));
    }
    return ids;
  }
}
