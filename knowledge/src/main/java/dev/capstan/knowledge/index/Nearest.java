package dev.capstan.knowledge.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Compares each document that matches with a vector, and keeps the nearest. */
final class Nearest implements CollectorManager<Nearest.Some, ScoreDoc[]> {
  private static final Comparator<ScoreDoc> FARTHEST_FIRST =
      Comparator.<ScoreDoc>comparingDouble(found -> found.score)
          .thenComparing(found -> found.doc, Comparator.reverseOrder());

  private final String field;
  private final byte[] target;
  private final int most;

  Nearest(String field, byte[] target, int most) {
    this.field = field;
    this.target = target;
    this.most = most;
  }

  @Override
  public Some newCollector() {
    return new Some();
  }

  @Override
  public ScoreDoc[] reduce(Collection<Some> parts) {
    List<ScoreDoc> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(part.nearest));
    return all.stream().sorted(FARTHEST_FIRST.reversed()).limit(most).toArray(ScoreDoc[]::new);
  }

  /** Of some segments. */
  final class Some extends SimpleCollector {
    private final PriorityQueue<ScoreDoc> nearest = new PriorityQueue<>(FARTHEST_FIRST);
    private DoubleValues similarity = DoubleValues.EMPTY;
    private int base;

    @Override
    protected void doSetNextReader(LeafReaderContext segment) throws IOException {
      base = segment.docBase;
      boolean some = segment.reader().getByteVectorValues(field) != null;
      similarity =
          some
              ? DoubleValuesSource.similarityToQueryVector(segment, target, field)
              : DoubleValues.EMPTY;
    }

    @Override
    public void collect(int document) throws IOException {
      if (similarity.advanceExact(document)) {
        nearest.add(new ScoreDoc(base + document, (float) similarity.doubleValue()));
        if (nearest.size() > most) {
          nearest.remove();
        }
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
