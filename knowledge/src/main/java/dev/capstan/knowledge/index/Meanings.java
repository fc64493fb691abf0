package dev.capstan.knowledge.index;

import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.embedding.Vectors;
import dev.capstan.knowledge.index.Ranking.Ranked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * The vectors of chunks. They follow in the background, file by file, after the file can be found
 * by its words. A vector is a document of its own, so that it can come later, and stays as long as
 * there may be use for it: a chunk whose text was embedded before is not embedded again.
 */
final class Meanings {
  /**
   * With so many, each is looked at; with more, only those that the graph of neighbours leads to.
   */
  private static final int EXACT = 100_000;

  private static final int AT_ONCE = 2;
  private static final String OF = "meaningOf";
  private static final String HASH = "meaningHash";

  private final Embedder embedder;
  private final String field;
  private volatile Embedded newest = new Embedded("none yet", Set.of(), new ConcurrentHashMap<>());

  /** The units that have vectors in a state of the index, and how many of them a view has. */
  private record Embedded(Object state, Set<String> units, ConcurrentMap<View, Integer> counts) {
    Embedded {
      units = Set.copyOf(units);
    }
  }

  Meanings(Embedder embedder) {
    this.embedder = embedder;
    this.field = "meaning." + embedder.model();
  }

  /** The units of the view that have none yet: code first, then tests, then prose. */
  List<String> missing(IndexReader reader, View view) throws IOException {
    Set<String> there = units(reader);
    return view.files().stream()
        .filter(file -> file.state().isFindable() && !there.contains(Units.of(file)))
        .sorted(Comparator.comparing(file -> Role.of(file.path(), file.language())))
        .map(Units::of)
        .distinct()
        .toList();
  }

  /** How many of the view's units have vectors. */
  int present(IndexReader reader, View view) throws IOException {
    Embedded known = embedded(reader);
    return known
        .counts()
        .computeIfAbsent(
            view, _ -> (int) view.units().stream().filter(known.units()::contains).count());
  }

  private Set<String> units(IndexReader reader) throws IOException {
    return embedded(reader).units();
  }

  /** Read once for each state of the index. */
  private Embedded embedded(IndexReader reader) throws IOException {
    Object state = reader.getReaderCacheHelper().getKey();
    Embedded known = newest;
    if (!known.state().equals(state)) {
      known = new Embedded(state, read(reader), new ConcurrentHashMap<>());
      newest = known;
    }
    return known;
  }

  private Set<String> read(IndexReader reader) throws IOException {
    Set<String> units = new HashSet<>();
    Terms terms = MultiTerms.getTerms(reader, OF);
    if (terms == null) {
      return units;
    }
    String prefix = prefix();
    TermsEnum each = terms.iterator();
    for (BytesRef unit = each.next(); unit != null; unit = each.next()) {
      String text = unit.utf8ToString();
      if (text.startsWith(prefix)) {
        units.add(text.substring(prefix.length()));
      }
    }
    return units;
  }

  private String prefix() {
    return embedder.model() + '|';
  }

  /** Embeds what is in the units, several at once. */
  void put(IndexWriter writer, IndexReader reader, List<String> units)
      throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      units.forEach(unit -> tasks.add(() -> put(writer, reader, unit)));
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException failure) {
      throw new IOException("a file can't be embedded", failure.getCause());
    }
  }

  /** In one step for whoever searches. */
  private boolean put(IndexWriter writer, IndexReader reader, String unit) throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    Query chunks =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(Fields.UNIT, unit)), Occur.FILTER)
            .add(new TermQuery(new Term(Fields.KIND, Fields.CHUNK)), Occur.FILTER)
            .build();
    List<Document> documents = new ArrayList<>();
    for (ScoreDoc found : searcher.search(chunks, Integer.MAX_VALUE / 2).scoreDocs) {
      documents.add(document(reader, unit, searcher.storedFields().document(found.doc)));
    }
    if (documents.isEmpty()) {
      Document none = new Document();
      none.add(new StringField(OF, prefix() + unit, Field.Store.NO));
      documents.add(none);
    }
    writer.updateDocuments(new Term(OF, prefix() + unit), documents);
    return true;
  }

  private Document document(IndexReader reader, String unit, Document chunk) throws IOException {
    String text = chunk.get(Fields.HEADER) + '\n' + chunk.get(Fields.TEXT);
    String hash = hash(text);
    byte[] vector = known(reader, hash).orElseGet(() -> Vectors.bytes(embedder.embed(text)));
    Document document = new Document();
    document.add(new StringField(OF, prefix() + unit, Field.Store.NO));
    document.add(new StringField(HASH, hash, Field.Store.NO));
    document.add(new StringField(Fields.PATH, chunk.get(Fields.PATH), Field.Store.NO));
    document.add(new StringField(Fields.LANGUAGE, chunk.get(Fields.LANGUAGE), Field.Store.NO));
    document.add(new StringField(Fields.ROLE, chunk.get(Fields.ROLE), Field.Store.NO));
    document.add(new SortedDocValuesField(Fields.PATH_VALUE, new BytesRef(chunk.get(Fields.PATH))));
    document.add(new SortedDocValuesField(Fields.ROLE_VALUE, new BytesRef(chunk.get(Fields.ROLE))));
    document.add(
        new NumericDocValuesField(
            Fields.FIRST_VALUE, chunk.getField(Fields.FIRST).numericValue().longValue()));
    document.add(new KnnByteVectorField(field, vector, VectorSimilarityFunction.COSINE));
    return document;
  }

  private String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((prefix() + text).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Optional<byte[]> known(IndexReader reader, String hash) {
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        PostingsEnum found = leaf.reader().postings(new Term(HASH, hash), PostingsEnum.NONE);
        ByteVectorValues vectors = leaf.reader().getByteVectorValues(field);
        if (found != null && vectors != null && found.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
          var each = vectors.iterator();
          if (each.advance(found.docID()) == found.docID()) {
            return Optional.of(vectors.vectorValue(each.index()).clone());
          }
        }
      }
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException("the index can't be read", failure);
    }
  }

  /** Deletes those of what no view has any more. */
  void removeUnused(IndexWriter writer, IndexReader reader, Collection<View> views)
      throws IOException {
    Set<String> unused = new HashSet<>(units(reader));
    views.forEach(view -> unused.removeAll(view.units()));
    writer.deleteDocuments(
        unused.stream().map(unit -> new Term(OF, prefix() + unit)).toArray(Term[]::new));
  }

  /** The nearest chunks of the view, the nearest first; the filters are part of the search. */
  List<Ranked> nearest(
      IndexSearcher searcher, String text, View view, List<Query> filters, int most)
      throws IOException {
    byte[] target = Vectors.bytes(embedder.embedQuestion(text));
    BooleanQuery.Builder among = new BooleanQuery.Builder();
    among.add(view.filter(OF, prefix()), Occur.FILTER);
    filters.forEach(filter -> among.add(filter, Occur.FILTER));
    ScoreDoc[] found =
        count(searcher.getIndexReader()) <= EXACT
            ? searcher.search(among.build(), new Nearest(field, target, most))
            : searcher.search(new KnnByteVectorQuery(field, target, most, among.build()), most)
                .scoreDocs;
    return Ranking.read(searcher.getIndexReader(), found).stream()
        .sorted(
            Comparator.comparingDouble(Ranked::score)
                .reversed()
                .thenComparing(Ranked::path)
                .thenComparingInt(Ranked::firstLine))
        .toList();
  }

  private int count(IndexReader reader) throws IOException {
    int count = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      ByteVectorValues vectors = leaf.reader().getByteVectorValues(field);
      count += vectors == null ? 0 : vectors.size();
    }
    return count;
  }
}
