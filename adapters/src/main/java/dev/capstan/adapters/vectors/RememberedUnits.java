package dev.capstan.adapters.vectors;

import dev.capstan.knowledge.vectors.Among;
import dev.capstan.knowledge.vectors.Vector;
import dev.capstan.knowledge.vectors.VectorStore;
import dev.capstan.knowledge.vectors.VectorsUnavailable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Remembers which units a store outside has, since only this process changes them. After a failure
 * it asks again.
 */
final class RememberedUnits implements VectorStore {
  private final VectorStore store;
  private volatile Optional<Set<String>> remembered = Optional.empty();

  RememberedUnits(VectorStore store) {
    this.store = store;
  }

  @Override
  public Set<String> units() {
    Optional<Set<String>> known = remembered;
    return known.isPresent() ? known.get() : read();
  }

  private synchronized Set<String> read() {
    Set<String> read = remembered.orElseGet(() -> Set.copyOf(store.units()));
    remembered = Optional.of(read);
    return read;
  }

  @Override
  public Map<String, Vector> known(Collection<String> hashes) {
    return attempt(() -> store.known(hashes));
  }

  @Override
  public synchronized void put(Map<String, List<Piece>> units) {
    Set<String> known = new HashSet<>(units());
    attempt(() -> {
      store.put(units);
      return true;
    });
    known.addAll(units.keySet());
    remembered = Optional.of(Set.copyOf(known));
  }

  @Override
  public synchronized void remove(Collection<String> units) {
    Set<String> known = new HashSet<>(units());
    attempt(() -> {
      store.remove(units);
      return true;
    });
    known.removeAll(units);
    remembered = Optional.of(Set.copyOf(known));
  }

  @Override
  public List<Near> nearest(Vector target, Among among, int most) {
    return attempt(() -> store.nearest(target, among, most));
  }

  private <T> T attempt(Supplier<T> work) {
    try {
      return work.get();
    } catch (VectorsUnavailable failure) {
      remembered = Optional.empty();
      throw failure;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
