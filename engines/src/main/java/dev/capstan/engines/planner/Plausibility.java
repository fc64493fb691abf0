package dev.capstan.engines.planner;

import dev.capstan.core.plan.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what is wrong with steps that a model proposes for a repository, whatever it was told. */
final class Plausibility {
  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_REASON = 4_000;
  private static final int SOME_FILES = 30;

  private final List<String> paths;
  private final Set<String> folders = new HashSet<>();
  private final Set<String> engines;
  private final Set<String> roles;
  private final Set<String> planned;
  private final int most;

  /**
   * For that repository.
   *
   * @param planned ids of steps that are planned already
   * @param most steps
   */
  Plausibility(
      List<String> paths, Set<String> engines, Set<String> roles, Set<String> planned, int most) {
    this.paths = List.copyOf(paths);
    this.engines = Set.copyOf(engines);
    this.roles = Set.copyOf(roles);
    this.planned = Set.copyOf(planned);
    this.most = most;
    for (String path : paths) {
      for (int at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        folders.add(path.substring(0, at));
      }
    }
  }

  List<String> mistakes(List<ProposedStep> steps) {
    List<String> mistakes = new ArrayList<>();
    if (steps.size() > most) {
      mistakes.add("there are " + steps.size() + " steps, and at most " + most + " are wanted");
    }
    Map<String, List<String>> after = new HashMap<>();
    for (ProposedStep step : steps) {
      String name = "step " + step.id() + ": ";
      if (!step.id().matches("[a-z0-9][a-z0-9-]{0,39}")) {
        mistakes.add(name + "an id is made of small letters, digits and hyphens");
      }
      if (planned.contains(step.id()) || after.put(step.id(), step.after()) != null) {
        mistakes.add(name + "there is another step of that id");
      }
      mistakes(step).forEach(mistake -> mistakes.add(name + mistake));
    }
    steps.forEach(step -> awaited(step, after.keySet(), mistakes));
    if (mistakes.isEmpty() && hasCircle(after)) {
      mistakes.add("steps wait for each other in a circle");
    }
    return mistakes;
  }

  private List<String> mistakes(ProposedStep step) {
    List<String> mistakes = new ArrayList<>();
    if (step.title().isEmpty()
        || step.title().length() > LONGEST_TITLE
        || step.title().contains("\n")) {
      mistakes.add("its title is one line of at most " + LONGEST_TITLE + " characters");
    }
    if (step.reason().length() > LONGEST_REASON) {
      mistakes.add("its reason has more than " + LONGEST_REASON + " characters");
    }
    if (!step.kind().matches("[a-z]{1,20}")) {
      mistakes.add("its kind is one word, such as feat, fix, refactor or test");
    }
    if (!engines.contains(step.engine())) {
      mistakes.add("there is no engine \"" + step.engine() + "\" to choose; there are " + engines);
    }
    if (!roles.contains(step.role())) {
      mistakes.add("there is no role \"" + step.role() + "\" to choose; there are " + roles);
    }
    if (step.scope().isEmpty()) {
      mistakes.add("it has no scope");
    }
    step.scope().forEach(glob -> mistakes.addAll(scope(glob)));
    if (mistakes.isEmpty()) {
      long held = paths.stream().filter(new Scope(step.scope())::allows).count();
      if (held > Math.max(SOME_FILES, paths.size() / 2)) {
        mistakes.add(
            "its scope holds " + held + " of " + paths.size() + " files: name those it needs");
      }
    }
    return mistakes;
  }

  /** What is wrong with one glob of a scope. */
  private List<String> scope(String glob) {
    if (glob.isBlank()
        || glob.startsWith("/")
        || glob.matches("(.*/)?([.]{1,2}|[.][gG][iI][tT])(/.*)?")
        || glob.matches("(?s).*[\\\\\\p{Cntrl}].*")
        || glob.contains("//")) {
      return List.of("\"" + glob + "\" is no path within the repository");
    }
    int wild = glob.indexOf('*') < 0 ? glob.indexOf('?') : glob.indexOf('*');
    String spelt = wild < 0 ? glob : glob.substring(0, wild);
    int slash = spelt.lastIndexOf('/');
    String folder = slash < 0 ? "" : spelt.substring(0, slash);
    if (wild >= 0 && folder.isEmpty()) {
      return List.of("\"" + glob + "\" names no folder: a scope is as narrow as can be");
    }
    boolean there = folder.isEmpty() || folders.contains(folder) || isNewBeside(folder);
    return there ? List.of() : List.of("there is no folder " + folder + " for \"" + glob + '"');
  }

  /** A new folder is plausible in one that is there. */
  private boolean isNewBeside(String folder) {
    int slash = folder.lastIndexOf('/');
    return slash > 0 && folders.contains(folder.substring(0, slash));
  }

  private void awaited(ProposedStep step, Set<String> known, List<String> mistakes) {
    step.after().stream()
        .filter(id -> !known.contains(id) && !planned.contains(id))
        .forEach(
            id -> mistakes.add("step " + step.id() + " waits for " + id + ", which is no step"));
  }

  private static boolean hasCircle(Map<String, List<String>> after) {
    Map<String, List<String>> left = new HashMap<>(after);
    boolean some = true;
    while (some) {
      some =
          left.entrySet().removeIf(step -> step.getValue().stream().noneMatch(left::containsKey));
    }
    return !left.isEmpty();
  }
}
