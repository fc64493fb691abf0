package dev.capstan.knowledge.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.capstan.knowledge.vectors.VectorStore.Near;
import dev.capstan.knowledge.vectors.VectorStore.Piece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of vectors does, wherever it is. */
public abstract class VectorStoreContract {
  private static final Among ALL = new Among.Except(Set.of());
  private static final Vector EAST = vector(1, 0, 0);
  private static final Vector NORTH = vector(0, 1, 0);
  private static final Vector NORTH_EAST = vector(1, 1, 0);

  private VectorStore store;

  /** An empty one. */
  protected abstract VectorStore open() throws Exception;

  /** The same, after it was closed. */
  protected abstract VectorStore again() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    store = open();
  }

  @AfterEach
  void end() {
    store.close();
  }

  private static Vector vector(float... parts) {
    return Vector.of(parts);
  }

  private static Piece piece(String path, int line, Vector vector) {
    return new Piece(path, line, "hash of " + path + ' ' + line, vector);
  }

  private void put(String unit, Vector... vectors) {
    store.put(Map.of(unit, pieces(unit, vectors)));
  }

  private static List<Piece> pieces(String unit, Vector... vectors) {
    return IntStream.range(0, vectors.length)
        .mapToObj(i -> piece("src/" + unit, i * 10 + 1, vectors[i]))
        .toList();
  }

  private List<String> nearest(Vector target, Among among, int most) {
    return store.nearest(target, among, most).stream()
        .map(near -> near.path() + ':' + near.firstLine())
        .toList();
  }

  @Test
  void a_store_is_empty_at_first() {
    assertThat(store.units()).isEmpty();
    assertThat(store.known(List.of("a hash"))).isEmpty();
    assertThat(store.nearest(EAST, ALL, 10)).isEmpty();
    store.remove(List.of("nobody"));
  }

  @Test
  void the_nearest_pieces_come_first_and_no_more_than_were_asked_for() {
    put("a", NORTH, EAST);
    put("b", NORTH_EAST);

    assertThat(nearest(EAST, ALL, 3)).containsExactly("src/a:11", "src/b:1", "src/a:1");
    assertThat(nearest(NORTH, ALL, 2)).containsExactly("src/a:1", "src/b:1");
    assertThat(store.nearest(EAST, ALL, 3))
        .extracting(Near::similarity)
        .isSortedAccordingTo((one, other) -> Double.compare(other, one));
  }

  @Test
  void the_rarest_is_found_under_any_filter() {
    Random random = new Random(7);
    Map<String, List<Piece>> crowd = new LinkedHashMap<>();
    for (int i = 0; i < 600; i++) {
      Vector close = vector(1, random.nextFloat() / 100, random.nextFloat() / 100);
      crowd.put("near" + i, pieces("near" + i, close));
    }
    crowd.put("far", pieces("far", NORTH));
    store.put(crowd);

    assertThat(nearest(EAST, new Among.Only(Set.of("far")), 5)).containsExactly("src/far:1");
    assertThat(nearest(EAST, new Among.Only(Set.of("far", "not there")), 5))
        .containsExactly("src/far:1");
    Set<String> others = new java.util.HashSet<>(crowd.keySet());
    others.remove("far");
    others.remove("near5");
    assertThat(nearest(EAST, new Among.Except(others), 5))
        .containsExactly("src/near5:1", "src/far:1");
    assertThat(nearest(EAST, new Among.Only(others), 1000)).hasSize(599);
  }

  @Test
  void what_is_put_twice_is_there_once() {
    put("a", NORTH, EAST);
    put("b", NORTH);
    put("a", NORTH, EAST);

    assertThat(store.units()).containsExactlyInAnyOrder("a", "b");
    assertThat(nearest(EAST, ALL, 10)).hasSize(3);
  }

  @Test
  void what_is_removed_is_not_found_any_more_and_can_come_back() {
    put("a", NORTH, EAST);
    put("b", NORTH);

    store.remove(List.of("a", "nobody"));

    assertThat(store.units()).containsExactly("b");
    assertThat(nearest(EAST, ALL, 10)).containsExactly("src/b:1");
    put("a", NORTH, EAST);
    assertThat(nearest(EAST, ALL, 1)).containsExactly("src/a:11");
  }

  @Test
  void a_vector_is_known_by_the_hash_of_its_text_as_long_as_a_unit_has_it() {
    put("a", NORTH, EAST);

    Map<String, Vector> known =
        store.known(List.of("hash of src/a 11", "hash of src/a 99", "' or true --"));
    assertThat(known).containsOnlyKeys("hash of src/a 11");
    assertThat(known.values())
        .allSatisfy(vector -> {
          assertThat(vector.parts()[0]).isPositive();
          assertThat(vector.parts()[1] / vector.parts()[0]).isCloseTo(0, within(0.01f));
        });
    store.remove(List.of("a"));
    assertThat(store.known(List.of("hash of src/a 11"))).isEmpty();
  }

  @Test
  void all_is_there_again_after_it_was_closed() throws Exception {
    put("a", NORTH, EAST);
    store.close();

    store = again();

    assertThat(store.units()).containsExactly("a");
    assertThat(nearest(EAST, ALL, 1)).containsExactly("src/a:11");
  }

  @Test
  void a_file_may_be_long_and_have_any_name() {
    Random random = new Random(11);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 1_201; i++) {
      pieces.add(
          piece("long", i + 1, vector(1, random.nextFloat() / 100, random.nextFloat() / 100)));
    }
    String odd = "2.7:0a:src/it's \"odd\" $where #\u00fc\u4e2d\ud83d\ude00\\%.java";
    store.put(Map.of("long", pieces));
    store.put(Map.of(odd, List.of(piece(odd, 3, NORTH))));

    assertThat(store.units()).containsExactlyInAnyOrder("long", odd);
    assertThat(nearest(NORTH, ALL, 1)).containsExactly(odd + ":3");
    assertThat(nearest(EAST, new Among.Only(Set.of(odd)), 5)).containsExactly(odd + ":3");
    store.remove(List.of("long"));
    assertThat(nearest(EAST, ALL, 5)).containsExactly(odd + ":3");
  }

  @Test
  void many_files_are_listed_and_removed() {
    Map<String, List<Piece>> many = new LinkedHashMap<>();
    for (int i = 0; i < 2_300; i++) {
      many.put("unit" + i, pieces("unit" + i, vector(1, i, 0)));
    }
    store.put(many);

    assertThat(store.units()).containsExactlyInAnyOrderElementsOf(many.keySet());
    many.remove("unit17");
    store.remove(many.keySet());
    assertThat(store.units()).containsExactly("unit17");
  }
}
