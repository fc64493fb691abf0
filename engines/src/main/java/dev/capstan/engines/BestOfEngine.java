package dev.capstan.engines;

import dev.capstan.core.plan.Work;
import dev.capstan.sandbox.OutputListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has several coding agents, or one with several models, try the same step; what is best by the
 * evidence is taken. Each of its arguments is a contestant or goes to all of them.
 */
public final class BestOfEngine implements Engine {
  private static final int MOST = 8;

  private final Map<String, Engine> engines;

  /** Of these, by name. */
  public BestOfEngine(Map<String, Engine> engines) {
    this.engines = Map.copyOf(engines);
  }

  @Override
  public String name() {
    return Work.BEST_OF;
  }

  @Override
  public boolean usesModels(Work work) {
    return true;
  }

  @Override
  public List<Work> contestants(Work work) {
    List<String> shared =
        work.arguments().stream().filter(one -> !one.startsWith(Work.CONTESTANT)).toList();
    return work.arguments().stream()
        .filter(one -> one.startsWith(Work.CONTESTANT))
        .map(one -> contestant(work, one.substring(Work.CONTESTANT.length()), shared))
        .toList();
  }

  private static Work contestant(Work work, String name, List<String> shared) {
    int slash = name.indexOf('/');
    List<String> arguments = new ArrayList<>(shared);
    if (slash >= 0) {
      arguments.add("model=" + name.substring(slash + 1));
    }
    return new Work(
        slash < 0 ? name : name.substring(0, slash),
        arguments,
        work.files(),
        work.environment(),
        work.timeLimit());
  }

  @Override
  public Optional<String> refuses(Work work) {
    List<Work> contestants = contestants(work);
    if (contestants.size() < 2 || contestants.size() > MOST) {
      return Optional.of(
          "takes the best of 2 to " + MOST + " contestants, not of " + contestants.size());
    }
    Set<Work> different = new HashSet<>();
    for (Work one : contestants) {
      Engine engine = engines.get(one.engine());
      if (engine == null || !engine.usesModels(one)) {
        return Optional.of("\"" + one.engine() + "\" is no coding agent that is here");
      }
      Optional<String> refused = engine.refuses(one);
      if (refused.isPresent()) {
        return Optional.of(one.engine() + ": " + refused.get());
      }
      if (!different.add(one)) {
        return Optional.of(one.engine() + " is there twice with the same model");
      }
    }
    return Optional.empty();
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    throw new IllegalStateException("its contestants do the work");
  }
}
