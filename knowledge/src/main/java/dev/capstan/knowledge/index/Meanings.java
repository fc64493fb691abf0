package dev.capstan.knowledge.index;

import dev.capstan.core.Sha256;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.vectors.Among;
import dev.capstan.knowledge.vectors.Vector;
import dev.capstan.knowledge.vectors.VectorStore;
import dev.capstan.knowledge.vectors.VectorStore.Near;
import dev.capstan.knowledge.vectors.VectorStore.Piece;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/**
 * The vectors of chunks. They follow in the background, some files at a time, after these can be
 * found by their words. A vector stays as long as there may be use for it: a chunk whose text was
 * embedded before is not embedded again.
 */
final class Meanings implements AutoCloseable {
  private static final int AT_ONCE = 2;
  private static final int HASH_DIGITS = 32;

  private final Embedder embedder;
  private final VectorStore store;
  private final Set<String> withoutText = ConcurrentHashMap.newKeySet();
  private volatile Shares shares = new Shares(Set.of(), new ConcurrentHashMap<>());

  /** What views have of the units that have vectors. */
  private record Shares(Set<String> units, ConcurrentMap<View, Share> views) {}

  private record Share(int present, Among among) {}

  /** A chunk that is to get a vector. */
  private record Text(String path, int firstLine, String hash, String text) {}

  Meanings(Embedder embedder, VectorStore store) {
    this.embedder = embedder;
    this.store = store;
  }

  /** The units of the view that have none yet: code first, then tests, then prose. */
  List<String> missing(View view) {
    Set<String> there = store.units();
    return view.files().stream()
        .filter(file -> file.state().isFindable())
        .sorted(Comparator.comparing(file -> Role.of(file.path(), file.language())))
        .map(Units::of)
        .filter(unit -> !there.contains(unit) && !withoutText.contains(unit))
        .distinct()
        .toList();
  }

  /** How many of the view's units have all the vectors they can have. */
  int present(View view) {
    return share(view).present()
        + (int) withoutText.stream().filter(view.units()::contains).count();
  }

  private Share share(View view) {
    Set<String> units = store.units();
    Shares known = shares;
    if (!known.units().equals(units)) {
      known = new Shares(units, new ConcurrentHashMap<>());
      shares = known;
    }
    return known
        .views()
        .computeIfAbsent(
            view,
            _ ->
                new Share(
                    (int) view.units().stream().filter(units::contains).count(),
                    Among.of(units, view.units())));
  }

  /** Embeds what is in the units, several at once. */
  void put(IndexReader reader, List<String> units) throws IOException, InterruptedException {
    Map<String, List<Text>> texts = new LinkedHashMap<>();
    for (String unit : units) {
      List<Text> some = texts(reader, unit);
      if (some.isEmpty()) {
        withoutText.add(unit);
      } else {
        texts.put(unit, some);
      }
    }
    Map<String, Vector> vectors = vectors(texts.values().stream().flatMap(List::stream).toList());
    Map<String, List<Piece>> pieces = new LinkedHashMap<>();
    texts.forEach(
        (unit, some) -> pieces.put(unit, some.stream().map(text -> piece(text, vectors)).toList()));
    store.put(pieces);
  }

  private static Piece piece(Text text, Map<String, Vector> vectors) {
    Vector vector = Optional.ofNullable(vectors.get(text.hash())).orElseThrow();
    return new Piece(text.path(), text.firstLine(), text.hash(), vector);
  }

  private List<Text> texts(IndexReader reader, String unit) throws IOException {
    IndexSearcher searcher = new IndexSearcher(reader);
    Query chunks =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(Fields.UNIT, unit)), Occur.FILTER)
            .add(new TermQuery(new Term(Fields.KIND, Fields.CHUNK)), Occur.FILTER)
            .build();
    List<Text> texts = new ArrayList<>();
    for (ScoreDoc found : searcher.search(chunks, Integer.MAX_VALUE / 2).scoreDocs) {
      Document chunk = searcher.storedFields().document(found.doc);
      String text = chunk.get(Fields.HEADER) + '\n' + chunk.get(Fields.TEXT);
      int first = chunk.getField(Fields.FIRST).numericValue().intValue();
      texts.add(new Text(chunk.get(Fields.PATH), first, hash(text), text));
    }
    return texts;
  }

  /** By the hashes of the texts. */
  private Map<String, Vector> vectors(List<Text> texts) throws IOException, InterruptedException {
    Map<String, String> byHash =
        texts.stream().collect(Collectors.toMap(Text::hash, Text::text, (one, _) -> one));
    Map<String, Vector> vectors = new HashMap<>(store.known(byHash.keySet()));
    byHash.keySet().removeAll(vectors.keySet());
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<String> hashes = List.copyOf(byHash.keySet());
      List<Callable<Vector>> tasks = new ArrayList<>();
      hashes.forEach(
          hash -> tasks.add(() -> Vector.of(embedder.embed(byHash.getOrDefault(hash, "")))));
      List<Future<Vector>> done = threads.invokeAll(tasks);
      for (int i = 0; i < hashes.size(); i++) {
        vectors.put(hashes.get(i), done.get(i).get());
      }
    } catch (ExecutionException failure) {
      throw new IOException("a file can't be embedded", failure.getCause());
    }
    return vectors;
  }

  private String hash(String text) {
    return Sha256.hex(embedder.model() + '|' + text).substring(0, HASH_DIGITS);
  }

  /** Deletes those of what no view has any more. */
  void removeUnused(Collection<View> views) {
    Set<String> unused = new HashSet<>(store.units());
    views.forEach(view -> unused.removeAll(view.units()));
    if (!unused.isEmpty()) {
      store.remove(unused);
    }
  }

  /** The nearest chunks of the view's files that are asked for, the nearest first. */
  List<Near> nearest(String text, View view, Narrowing narrowing, int most) {
    Among among =
        narrowing.isAll() ? share(view).among() : Among.of(store.units(), units(view, narrowing));
    if (among.isNothing()) {
      return List.of();
    }
    return store.nearest(Vector.of(embedder.embedQuestion(text)), among, most).stream()
        .sorted(
            Comparator.comparingDouble(Near::similarity)
                .reversed()
                .thenComparing(Near::path)
                .thenComparingInt(Near::firstLine))
        .toList();
  }

  private static Set<String> units(View view, Narrowing narrowing) {
    return view.files().stream()
        .filter(file -> file.state().isFindable() && narrowing.wants(file))
        .map(Units::of)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    store.close();
  }
}
