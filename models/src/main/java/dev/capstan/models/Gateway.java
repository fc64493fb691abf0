package dev.capstan.models;

import dev.capstan.models.cache.Replay;
import dev.capstan.models.cache.ResponseCache;
import dev.capstan.models.cache.Shelf;
import dev.capstan.models.catalog.ModelCatalog;
import dev.capstan.models.records.ModelCalls;
import dev.capstan.models.spending.Brake;
import dev.capstan.models.spending.Budgets;
import dev.capstan.models.translation.Translation;
import dev.capstan.models.upstream.Ending;
import dev.capstan.models.upstream.Lanes;
import dev.capstan.models.upstream.Patience;
import dev.capstan.models.upstream.Provision;
import dev.capstan.models.wire.Question;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one way to a language model: finds out what is asked, reserves what it may cost, keeps
 * secrets back, asks the provider, passes the answer on piece by piece, settles and records. Safe
 * for many threads.
 */
public final class Gateway implements AutoCloseable {
  private final ModelCatalog catalog;
  private final Provision provision;
  private final Budgets budgets;
  private final Brake brake;
  private final ModelCalls calls;
  private final Patience patience;
  private final InstantSource clock;
  private final Shelf shelf;
  private final Optional<Replay> replay;
  private final Lanes lanes = new Lanes(Clock.systemUTC());
  private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
  private final Thread watch;

  /**
   * Nothing is asked before {@link #open}.
   *
   * @param replay what answers in the place of all providers, if it is there
   */
  public Gateway(
      ModelCatalog catalog,
      Provision provision,
      Budgets budgets,
      Brake brake,
      ModelCalls calls,
      ResponseCache cache,
      Optional<Replay> replay,
      Patience patience,
      InstantSource clock) {
    this.catalog = catalog;
    this.provision = new Translation(provision);
    this.budgets = budgets;
    this.brake = brake;
    this.calls = calls;
    this.shelf = new Shelf(cache);
    this.replay = replay;
    this.patience = patience;
    this.clock = clock;
    this.watch = Thread.ofVirtual().name("capstan-models").start(this::watch);
  }

  /** One request and its answer, which is given by {@link Exchange#run}. */
  public Exchange open(Session session, ModelRequest request, ModelAnswer answer) {
    return new Exchange(this, session, request, answer);
  }

  /** True if any model is configured. */
  public boolean hasModels() {
    return !catalog.models().isEmpty();
  }

  /** A provider that falls silent within an answer would keep its agent waiting for ever. */
  private void watch() {
    long atMost = patience.silence().toNanos();
    try {
      while (true) {
        Thread.sleep(Math.max(10, patience.silence().toMillis() / 20));
        underWay.forEach(exchange -> exchange.cutIfSilent(atMost));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void begun(Exchange exchange) {
    underWay.add(exchange);
  }

  void ended(Exchange exchange) {
    underWay.remove(exchange);
  }

  ModelCatalog catalog() {
    return catalog;
  }

  Budgets budgets() {
    return budgets;
  }

  Brake brake() {
    return brake;
  }

  ModelCalls calls() {
    return calls;
  }

  Optional<Replay> replay() {
    return replay;
  }

  Shelf shelf() {
    return shelf;
  }

  InstantSource clock() {
    return clock;
  }

  Chain chain(Question question, Map<String, String> headers, Ending ending) {
    return new Chain(provision, lanes, patience, question, headers, ending);
  }

  @Override
  public void close() {
    watch.interrupt();
    underWay.forEach(Exchange::cut);
  }
}
