package dev.capstan.control;

import dev.capstan.control.EventStore.Consequence;
import dev.capstan.control.EventStore.Entry;
import dev.capstan.control.EventStore.Loaded;
import dev.capstan.control.EventStore.Versioned;
import dev.capstan.control.EventStore.Write;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Decision;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunDecider;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.RunHistory;
import dev.capstan.core.run.RunReaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Folds commands through {@code decide}, {@code evolve} and {@code react}, each on the state after
 * the one before.
 */
final class Batch {
  private final Instant now;
  private final Set<Lease> held;
  private final Map<RunId, Folding> runs = new TreeMap<>();

  Batch(Loaded loaded, Instant now) {
    this.now = now;
    this.held = new HashSet<>(loaded.held());
    loaded.runs().forEach((id, versioned) -> runs.put(id, new Folding(versioned)));
  }

  static Optional<Lease> leaseOf(Envelope envelope) {
    return switch (envelope.condition()) {
      case Envelope.Condition.Holding(var lease) -> Optional.of(lease);
      case Envelope.Condition.AtVersion _, Envelope.Condition.None _ -> Optional.empty();
    };
  }

  /** Changes nothing if it throws, which is a bug: neither the run nor the lease. */
  Reply handle(Envelope envelope) {
    Folding folding = runs.get(envelope.run());
    if (folding == null) {
      throw new IllegalStateException("run " + envelope.run() + " was not loaded");
    }
    return switch (envelope.condition()) {
      case Envelope.Condition.None _ -> folding.decide(envelope);
      case Envelope.Condition.AtVersion(var version) ->
          version == folding.version
              ? folding.decide(envelope)
              : new Reply.Conflict(version, folding.version);
      case Envelope.Condition.Holding(var lease) ->
          held.contains(lease) ? report(folding, envelope, lease) : new Reply.LeaseLost();
    };
  }

  /** A refused report ends its task all the same: it would be refused for ever. */
  private Reply report(Folding folding, Envelope envelope, Lease lease) {
    Reply reply = folding.decide(envelope);
    held.remove(lease);
    folding.finished.add(lease);
    return reply;
  }

  List<Write> writes() {
    List<Write> writes = new ArrayList<>();
    runs.forEach((id, folding) -> {
      if (!folding.entries.isEmpty() || !folding.finished.isEmpty()) {
        writes.add(
            new Write(
                id,
                folding.before,
                folding.run,
                folding.entries,
                folding.consequences,
                folding.finished));
      }
    });
    return writes;
  }

  private final class Folding {
    private final long before;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Consequence> consequences = new ArrayList<>();
    private final Set<Lease> finished = new HashSet<>();
    private Run run;
    private long version;

    Folding(Versioned versioned) {
      run = versioned.run();
      before = versioned.version();
      version = before;
    }

    Reply decide(Envelope envelope) {
      return switch (RunDecider.decide(run, envelope.command(), now)) {
        case Decision.Refused(var refusal) -> new Reply.Refused(refusal);
        case Decision.Accepted(var events) -> {
          append(events, envelope);
          yield new Reply.Accepted(version);
        }
      };
    }

    private void append(List<RunEvent> events, Envelope envelope) {
      Run at = run;
      List<Entry> added = new ArrayList<>();
      List<Consequence> followed = new ArrayList<>();
      for (RunEvent event : events) {
        at = RunHistory.evolve(at, event);
        added.add(
            new Entry(event, now, envelope.by(), envelope.correlation(), envelope.causation()));
        RunReaction.react(at, event, now)
            .forEach(effect ->
                followed.add(new Consequence(effect, envelope.correlation(), envelope.trace())));
      }
      run = at;
      version += added.size();
      entries.addAll(added);
      consequences.addAll(followed);
    }
  }
}
