package dev.capstan.models;

import dev.capstan.core.Amount;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.account.AccountId;
import dev.capstan.core.account.AccountRefusal;
import dev.capstan.core.account.Cost;
import dev.capstan.core.account.Limits;
import dev.capstan.core.account.Purpose;
import dev.capstan.core.account.ReservationKey;
import dev.capstan.models.cache.CacheKey;
import dev.capstan.models.cache.KeptAnswer;
import dev.capstan.models.cache.Replay;
import dev.capstan.models.cache.ResponseCache;
import dev.capstan.models.catalog.ModelCatalog;
import dev.capstan.models.records.Asker;
import dev.capstan.models.records.ModelCall;
import dev.capstan.models.records.ModelCalls;
import dev.capstan.models.secrecy.Redaction;
import dev.capstan.models.secrecy.SecretFinder;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.models.spending.Brake;
import dev.capstan.models.spending.Budgets;
import dev.capstan.models.upstream.HttpProvision;
import dev.capstan.models.upstream.Patience;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A gateway before a scripted provider, with everything it tells. */
final class Desk implements AutoCloseable, Budgets, Brake, ModelCalls, ResponseCache {
  static final Asker ASKER = new Asker(new RunId("r-1"), new ProjectId("p"), "s1", 1, Purpose.WORK);

  private static final Patience HASTY =
      new Patience(
          3,
          Duration.ofMillis(1),
          Duration.ofSeconds(2),
          Duration.ofMillis(200),
          Duration.ofSeconds(20),
          Duration.ofMillis(400));

  private final ScriptedModelServer provider;
  private final HttpProvision provision = new HttpProvision(HASTY);
  private final Gateway gateway;
  private final List<ModelCall> calls = new ArrayList<>();
  private final List<String> recordings = new ArrayList<>();
  private final List<String> earlier = new CopyOnWriteArrayList<>();
  private final Map<ReservationKey, Amount> reserved = new HashMap<>();
  private final Map<ReservationKey, Cost> settled = new HashMap<>();
  private final Map<CacheKey, KeptAnswer> kept = new HashMap<>();
  private final List<String> parked = new CopyOnWriteArrayList<>();
  private final List<Asker> told = new CopyOnWriteArrayList<>();
  private boolean low;
  private boolean shut;

  Desk(Script script) {
    this(script, "");
  }

  /** {@code more} is put into the configuration. */
  Desk(Script script, String more) {
    provider = ScriptedModelServer.start(script);
    ModelCatalog catalog =
        ModelCatalog.parse(
            "models.yaml",
            """
            providers:
              o: {kind: openai-compatible, baseUrl: "%1$s/v1", keyVariable: KEY, requestsPerMinute: 6000}
              a: {kind: anthropic, baseUrl: "%1$s", keyVariable: KEY, requestsPerMinute: 6000}
              g: {kind: gemini, baseUrl: "%1$s", keyVariable: KEY, requestsPerMinute: 6000}
              uncached: {kind: anthropic, baseUrl: "%1$s", keyVariable: KEY, cache: false}
              rare: {kind: anthropic, baseUrl: "%1$s", keyVariable: KEY, requestsPerMinute: 1}
            models:
              o-large: {provider: o, id: o-real, aliases: ["gpt-*"], price: {input: 2, cached: 0.5, output: 8}}
              a-large: {provider: a, id: a-real, price: {input: 2, cached: 0.5, output: 8}}
              g-large: {provider: g, id: g-real, price: {input: 2, cached: 0.5, output: 8}}
              o-unpriced: {provider: o}
            %2$s
            """
                .formatted(provider.url(), more),
            Map.of("KEY", "provider-key"));
    gateway =
        new Gateway(
            catalog,
            provision,
            this,
            this,
            this,
            this,
            catalog.replay().map(_ -> new Replay(this::recorded)),
            HASTY,
            InstantSource.system());
  }

  static Session session(SecretFinder secrets, WithheldLines withheld) {
    return new Session(ASKER, new Redaction(secrets, withheld));
  }

  /** Of somebody who keeps nothing secret. */
  static Session of(Asker asker) {
    return new Session(asker, new Redaction(_ -> List.of(), WithheldLines.NONE));
  }

  Heard ask(ModelRequest request) {
    return ask(of(ASKER), request);
  }

  Heard ask(Session session, ModelRequest request) {
    Heard heard = new Heard();
    gateway.open(session, request, heard).run();
    return heard;
  }

  Exchange open(ModelRequest request, ModelAnswer answer) {
    return open(of(ASKER), request, answer);
  }

  Exchange open(Session session, ModelRequest request, ModelAnswer answer) {
    return gateway.open(session, request, answer);
  }

  ScriptedModelServer provider() {
    return provider;
  }

  synchronized ModelCall call() {
    return calls.getLast();
  }

  synchronized List<ModelCall> calls() {
    return List.copyOf(calls);
  }

  synchronized String recording() {
    return recordings.getLast();
  }

  synchronized Map<ReservationKey, Cost> settled() {
    return Map.copyOf(settled);
  }

  synchronized Map<ReservationKey, Amount> reserved() {
    return Map.copyOf(reserved);
  }

  List<String> parked() {
    return parked;
  }

  /** Who was told to wrap up. */
  List<Asker> told() {
    return told;
  }

  @Override
  public void wrapUp(Asker asker, Amount left) {
    told.add(asker);
  }

  @Override
  public void park(Asker asker, String why) {
    parked.add(asker.run() + ": " + why);
  }

  Desk low() {
    low = true;
    return this;
  }

  Desk shut() {
    shut = true;
    return this;
  }

  @Override
  public synchronized Answer reserve(Asker asker, ReservationKey key, Amount estimate) {
    if (shut) {
      return new Answer.Refused(
          new AccountId("run-r-1"),
          new AccountRefusal.LimitReached(new Limits(Amount.ZERO, Amount.ZERO, Amount.ZERO)));
    }
    reserved.put(key, estimate);
    return low ? new Answer.GrantedLow(new Amount(1_000, 0)) : new Answer.Granted();
  }

  @Override
  public synchronized void settle(Asker asker, ReservationKey key, Cost cost) {
    settled.put(key, cost);
    reserved.remove(key);
  }

  @Override
  public synchronized void release(Asker asker, ReservationKey key) {
    reserved.remove(key);
  }

  /** From now on these are there, as if recorded before. */
  Desk recorded(List<String> before) {
    earlier.addAll(before);
    return this;
  }

  private List<KeptAnswer> recorded(String promptHash) {
    return earlier.stream()
        .filter(recording -> recording.contains(promptHash))
        .map(KeptAnswer::recorded)
        .toList();
  }

  synchronized List<String> recordings() {
    return List.copyOf(recordings);
  }

  @Override
  public synchronized Optional<KeptAnswer> find(CacheKey key) {
    return Optional.ofNullable(kept.get(key));
  }

  @Override
  public synchronized void keep(CacheKey key, KeptAnswer answer) {
    kept.put(key, answer);
  }

  @Override
  public synchronized void add(ModelCall call, String recording) {
    calls.add(call);
    recordings.add(recording);
  }

  @Override
  public void close() {
    gateway.close();
    provision.close();
    provider.close();
  }
}
