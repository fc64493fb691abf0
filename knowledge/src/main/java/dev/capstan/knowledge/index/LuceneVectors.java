package dev.capstan.knowledge.index;

import dev.capstan.knowledge.embedding.Vectors;
import dev.capstan.knowledge.vectors.Among;
import dev.capstan.knowledge.vectors.Vector;
import dev.capstan.knowledge.vectors.VectorStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnByteVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/**
 * Vectors beside the chunks in the same index, each a document of its own, so that it can come
 * later. A kill loses what was not committed by whoever has the writer.
 */
final class LuceneVectors implements VectorStore {
  /**
   * With so many, each is looked at; with more, only those that the graph of neighbours leads to.
   */
  private static final int EXACT = 100_000;

  private static final String OF = "meaningOf";
  private static final String HASH = "meaningHash";

  private final IndexWriter writer;
  private final String prefix;
  private final String field;
  private final SearcherManager searchers;
  private volatile Units units = new Units("none yet", Set.of());
  private volatile Filter filter =
      new Filter(new Among.Only(Set.of()), new BooleanQuery.Builder().build());

  /** Those of a state of the index. */
  private record Units(Object state, Set<String> names) {
    Units {
      names = Set.copyOf(names);
    }
  }

  /** The one that was asked for last. */
  private record Filter(Among among, Query query) {}

  LuceneVectors(IndexWriter writer, String model) throws IOException {
    this.writer = writer;
    this.prefix = model + '|';
    this.field = "meaning." + model;
    this.searchers = new SearcherManager(writer, null);
  }

  private interface Reading<T> {
    T of(IndexSearcher searcher) throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return reading.of(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("the vectors can't be read", failure);
    }
  }

  @Override
  public Set<String> units() {
    return read(searcher -> {
      Object state = searcher.getIndexReader().getReaderCacheHelper().getKey();
      Units known = units;
      if (!known.state().equals(state)) {
        known = new Units(state, names(searcher.getIndexReader()));
        units = known;
      }
      return known.names();
    });
  }

  private Set<String> names(IndexReader reader) throws IOException {
    Set<String> names = new HashSet<>();
    Terms terms = MultiTerms.getTerms(reader, OF);
    if (terms == null) {
      return names;
    }
    TermsEnum each = terms.iterator();
    for (BytesRef unit = each.next(); unit != null; unit = each.next()) {
      String text = unit.utf8ToString();
      if (text.startsWith(prefix)) {
        names.add(text.substring(prefix.length()));
      }
    }
    return names;
  }

  @Override
  public Map<String, Vector> known(Collection<String> hashes) {
    return read(searcher -> {
      Map<String, Vector> known = new HashMap<>();
      for (String hash : hashes) {
        known(searcher.getIndexReader(), hash).ifPresent(vector -> known.put(hash, vector));
      }
      return known;
    });
  }

  private Optional<Vector> known(IndexReader reader, String hash) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      PostingsEnum found = leaf.reader().postings(new Term(HASH, hash), PostingsEnum.NONE);
      ByteVectorValues vectors = leaf.reader().getByteVectorValues(field);
      if (found != null && vectors != null && found.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
        var each = vectors.iterator();
        if (each.advance(found.docID()) == found.docID()) {
          return Optional.of(Vector.of(Vectors.floats(vectors.vectorValue(each.index()))));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public void put(Map<String, List<Piece>> some) {
    try {
      for (Map.Entry<String, List<Piece>> unit : some.entrySet()) {
        writer.updateDocuments(
            new Term(OF, prefix + unit.getKey()),
            unit.getValue().stream().map(piece -> document(unit.getKey(), piece)).toList());
      }
      searchers.maybeRefreshBlocking();
    } catch (IOException failure) {
      throw new UncheckedIOException("the vectors can't be written", failure);
    }
  }

  private Document document(String unit, Piece piece) {
    Document document = new Document();
    document.add(new StringField(OF, prefix + unit, Field.Store.NO));
    document.add(new StringField(HASH, piece.hash(), Field.Store.NO));
    document.add(new SortedDocValuesField(Fields.PATH_VALUE, new BytesRef(piece.path())));
    document.add(new NumericDocValuesField(Fields.FIRST_VALUE, piece.firstLine()));
    document.add(
        new KnnByteVectorField(
            field, Vectors.bytes(piece.vector().parts()), VectorSimilarityFunction.COSINE));
    return document;
  }

  @Override
  public void remove(Collection<String> some) {
    try {
      writer.deleteDocuments(
          some.stream().map(unit -> new Term(OF, prefix + unit)).toArray(Term[]::new));
      searchers.maybeRefreshBlocking();
    } catch (IOException failure) {
      throw new UncheckedIOException("the vectors can't be deleted", failure);
    }
  }

  @Override
  public List<Near> nearest(Vector target, Among among, int most) {
    byte[] bytes = Vectors.bytes(target.parts());
    Query query = query(among);
    return read(searcher -> {
      IndexReader reader = searcher.getIndexReader();
      ScoreDoc[] found =
          count(reader) <= EXACT
              ? searcher.search(query, new Nearest(field, bytes, most))
              : searcher.search(new KnnByteVectorQuery(field, bytes, most, query), most).scoreDocs;
      return near(reader, found);
    });
  }

  private Query query(Among among) {
    Filter last = filter;
    if (!last.among().equals(among)) {
      last =
          new Filter(
              among,
              switch (among) {
                case Among.Only(var only) -> of(only);
                case Among.Except(var except) ->
                    new BooleanQuery.Builder()
                        .add(new FieldExistsQuery(field), Occur.FILTER)
                        .add(of(except), Occur.MUST_NOT)
                        .build();
              });
      filter = last;
    }
    return last.query();
  }

  private Query of(Set<String> some) {
    return new TermInSetQuery(OF, some.stream().map(unit -> new BytesRef(prefix + unit)).toList());
  }

  /** Values are read in the order of the documents, as they lie. */
  private static List<Near> near(IndexReader reader, ScoreDoc[] found) throws IOException {
    List<Near> near = new ArrayList<>();
    if (found.length == 0) {
      return near;
    }
    SortedDocValues paths = MultiDocValues.getSortedValues(reader, Fields.PATH_VALUE);
    NumericDocValues lines = MultiDocValues.getNumericValues(reader, Fields.FIRST_VALUE);
    for (ScoreDoc each :
        Stream.of(found).sorted(Comparator.comparingInt((ScoreDoc one) -> one.doc)).toList()) {
      paths.advanceExact(each.doc);
      lines.advanceExact(each.doc);
      near.add(
          new Near(
              paths.lookupOrd(paths.ordValue()).utf8ToString(),
              (int) lines.longValue(),
              each.score));
    }
    near.sort(Comparator.comparingDouble(Near::similarity).reversed());
    return near;
  }

  private int count(IndexReader reader) throws IOException {
    int count = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      ByteVectorValues vectors = leaf.reader().getByteVectorValues(field);
      count += vectors == null ? 0 : vectors.size();
    }
    return count;
  }

  @Override
  public void close() {
    try {
      searchers.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the vectors can't be closed", failure);
    }
  }
}
