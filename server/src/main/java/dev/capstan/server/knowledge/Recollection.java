package dev.capstan.server.knowledge;

import dev.capstan.control.records.Memories;
import dev.capstan.control.records.Memories.Asker;
import dev.capstan.control.records.Memories.Embedded;
import dev.capstan.control.records.Memories.Embedding;
import dev.capstan.control.records.Memories.Episode;
import dev.capstan.control.records.Memories.Memory;
import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.embedding.Vectors;
import dev.capstan.knowledge.memory.Recall;
import dev.capstan.knowledge.memory.Recall.Recalled;
import dev.capstan.knowledge.pack.Tokens;
import dev.capstan.worker.KnownPast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Recalls finished steps of a project. Those that were not embedded yet are when they may be
 * recalled for the first time, so no model is loaded where nobody asks. Safe for many threads.
 */
public final class Recollection implements KnownPast {
  /** Of a project, the newest. */
  private static final int MOST_MEMORIES = 2_000;

  /** For one question; some 15 ms each. */
  private static final int MOST_EMBEDDED = 200;

  private static final int MOST_TOLD = 5;

  private final Memories memories;
  private final Supplier<Optional<Embedder>> embedder;

  /** {@code embedder} is asked where there is something to recall; empty to go by words alone. */
  public Recollection(Memories memories, Supplier<Optional<Embedder>> embedder) {
    this.memories = memories;
    this.embedder = embedder;
  }

  /** A memory that is about a question; see {@link Recall}. */
  public record Hit(Memory memory, double score, Map<String, Double> parts) {
    public Hit {
      parts = Map.copyOf(parts);
    }
  }

  /** The best first; empty where nothing is about it. */
  public List<Hit> search(ProjectId project, String question, int most) {
    List<Embedded> known = memories.newest(project, MOST_MEMORIES);
    if (known.isEmpty()) {
      return List.of();
    }
    Optional<Embedder> model = embedder.get();
    Map<String, Memory> byId = new HashMap<>();
    SequencedMap<String, String> texts = new LinkedHashMap<>();
    for (Embedded each : known) {
      String id = String.valueOf(each.memory().id());
      byId.put(id, each.memory());
      texts.put(id, words(each.memory().episode()));
    }
    Map<String, byte[]> vectors = model.map(one -> vectors(one, known)).orElse(Map.of());
    List<Hit> hits = new ArrayList<>();
    for (Recalled found :
        new Recall(texts, vectors)
            .of(question, model.map(one -> Vectors.bytes(one.embed(question))))) {
      Memory memory = byId.get(found.id());
      if (memory != null && hits.size() < most) {
        hits.add(new Hit(memory, found.score(), found.parts()));
      }
    }
    return hits;
  }

  private Map<String, byte[]> vectors(Embedder model, List<Embedded> known) {
    Map<String, byte[]> vectors = new HashMap<>();
    int embedded = 0;
    for (Embedded each : known) {
      String id = String.valueOf(each.memory().id());
      Optional<Embedding> there =
          each.embedding().filter(embedding -> embedding.model().equals(model.model()));
      if (there.isPresent()) {
        vectors.put(id, there.get().vector());
      } else if (embedded++ < MOST_EMBEDDED) {
        byte[] vector = Vectors.bytes(model.embed(situation(each.memory().episode())));
        memories.embed(each.memory(), new Embedding(model.model(), vector));
        vectors.put(id, vector);
      }
    }
    return vectors;
  }

  /** What is compared with what is to be done, which is told in the same order. */
  private static String situation(Episode episode) {
    return String.join(
        " ", episode.situation().title(), episode.situation().reason(), episode.situation().goal());
  }

  private static String words(Episode episode) {
    return String.join(
        " ",
        situation(episode),
        episode.situation().kind(),
        episode.action().engine(),
        episode.action().work(),
        String.join(" ", episode.action().files()));
  }

  @Override
  public Told recall(Asker asker, String situation, int mostTokens, Predicate<String> readable) {
    StringBuilder text = new StringBuilder();
    List<Long> told = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Hit hit : search(asker.project(), situation, MOST_TOLD * 4)) {
      Episode episode = hit.memory().episode();
      String next = MemoryText.of(hit.memory(), readable);
      boolean fits = Tokens.count(text + next) <= mostTokens;
      if (told.size() < MOST_TOLD && fits && !isOf(episode, asker) && seen.add(sort(episode))) {
        text.append(next);
        told.add(hit.memory().id());
      }
    }
    memories.offered(asker, told);
    return new Told(text.toString(), told.size());
  }

  /** What a step came to before is told to its own attempts in another way. */
  private static boolean isOf(Episode episode, Asker asker) {
    return episode.run().equals(asker.run()) && episode.step().value().equals(asker.step());
  }

  /** Of many that went alike, such as those of a campaign, one is enough. */
  private static String sort(Episode episode) {
    return episode.situation().title() + ' ' + episode.ending().completed();
  }
}
