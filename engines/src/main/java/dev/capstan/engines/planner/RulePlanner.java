package dev.capstan.engines.planner;

import dev.capstan.core.plan.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Plans what the catalogue has for a goal, as far as the code gives a reason to. Deterministic: the
 * same goal on the same commit is the same plan. It asks no model, and says what it does not know.
 */
public final class RulePlanner {
  private static final Pattern BETWEEN =
      Pattern.compile("(?i)\\s*(?:[,;.]\\s+(?:and\\s+|then\\s+)?|\\s(?:and|then)\\s)\\s*");
  private static final int ENOUGH = 20;

  private final Catalogue catalogue;

  public RulePlanner(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The files of the commit that is planned for. */
  public interface Sources {
    List<String> paths();

    Optional<String> text(String path);

    /** What there is of a kind, the largest first. */
    default Spots spots(Entry.Finds kind, Place place) {
      return Spots.none("it is not looked for here");
    }
  }

  /**
   * A step of the plan.
   *
   * @param means what performs it: the first, and in order what takes over
   * @param files that it was planned for
   * @param because the first of these files; empty if they may well have nothing of the kind
   * @param found each is a step of its own; none where the entry is one step for all files
   */
  public record Planned(
      Entry entry, List<Entry.Means> means, int files, String because, Spots found) {
    public Planned {
      means = List.copyOf(means);
    }
  }

  /**
   * What became of a goal.
   *
   * @param steps in the order the goal has them
   * @param idle entries that the goal means but for which the code gives no reason, and why
   * @param strange parts of the goal that mean nothing here, with the nearest entries
   */
  public record Result(
      List<Planned> steps, Map<String, String> idle, Map<String, List<Entry>> strange) {}

  /**
   * Plans.
   *
   * @param toolchain of the project, or empty if none was found
   */
  public Result plan(String goal, String toolchain, Sources sources) {
    return plan(goal, toolchain, sources, new HashMap<>());
  }

  /**
   * The same for one of many goals on the same code.
   *
   * @param known files that were found for an entry before, by its id; is added to
   */
  public Result plan(
      String goal, String toolchain, Sources sources, Map<String, List<String>> known) {
    List<Planned> steps = new ArrayList<>();
    Map<String, String> idle = new LinkedHashMap<>();
    Map<String, List<Entry>> strange = new LinkedHashMap<>();
    for (Meant meant : meant(goal)) {
      if (meant.entry().isEmpty()) {
        strange.put(meant.clause(), catalogue.nearest(meant.clause()));
        continue;
      }
      Entry entry = meant.entry().get();
      switch (look(entry, meant.clause(), toolchain, sources, known)) {
        case Look.Reason(var planned) -> steps.add(planned);
        case Look.None(var why) -> idle.put(entry.id(), why);
      }
    }
    return new Result(steps, idle, strange);
  }

  /** Whether the code gives a reason to do what an entry does. */
  private sealed interface Look {
    record Reason(Planned planned) implements Look {}

    record None(String why) implements Look {}
  }

  private static Look look(
      Entry entry,
      String clause,
      String toolchain,
      Sources sources,
      Map<String, List<String>> known) {
    if (!entry.builds().isEmpty() && !entry.builds().contains(toolchain)) {
      return new Look.None(
          "works with "
              + String.join(", ", entry.builds())
              + ", and this project is built by "
              + (toolchain.isEmpty() ? "nothing known" : toolchain));
    }
    if (entry.finds() != null) {
      return look(entry, sources.spots(entry.finds(), Place.of(clause)));
    }
    List<String> found = known.computeIfAbsent(entry.id(), _ -> found(entry, sources));
    return found.isEmpty()
        ? new Look.None("nothing of the kind was found in " + entry.found().files())
        : new Look.Reason(
            new Planned(
                entry, entry.means(toolchain), found.size(), because(entry, found), Spots.NONE));
  }

  private static Look look(Entry entry, Spots found) {
    return found.spots().isEmpty()
        ? new Look.None(String.join("; ", found.notes()))
        : new Look.Reason(new Planned(entry, List.of(), found.spots().size(), "", found));
  }

  private record Meant(String clause, Optional<Entry> entry) {}

  /** The goal as a whole if it means one thing; otherwise clause by clause, each entry once. */
  private List<Meant> meant(String goal) {
    List<Meant> meant = new ArrayList<>();
    for (String clause : BETWEEN.split(goal.strip(), -1)) {
      Optional<Entry> entry = catalogue.meaning(clause);
      boolean again =
          meant.stream().anyMatch(one -> one.entry().isPresent() && one.entry().equals(entry));
      if (!clause.isBlank() && !again) {
        meant.add(new Meant(clause, entry));
      }
    }
    boolean some = meant.stream().anyMatch(one -> one.entry().isPresent());
    Optional<Entry> whole = catalogue.meaning(goal);
    return some || whole.isEmpty() ? meant : List.of(new Meant(goal, whole));
  }

  private static List<String> found(Entry entry, Sources sources) {
    Scope files = new Scope(globs(entry.found().files()));
    List<String> found = new ArrayList<>();
    for (String path : sources.paths()) {
      if (files.allows(path) && matches(entry.found(), path, sources)) {
        found.add(path);
        if (found.size() >= ENOUGH) {
          break;
        }
      }
    }
    return found;
  }

  private static boolean matches(Entry.Found found, String path, Sources sources) {
    if (found.texts().isEmpty() && found.pattern() == null) {
      return true;
    }
    String text = sources.text(path).orElse("");
    return found.texts().stream().anyMatch(text::contains)
        || (found.pattern() != null && Pattern.compile(found.pattern()).matcher(text).find());
  }

  /** {@code *.{a,b}} is two globs. */
  private static List<String> globs(String glob) {
    int open = glob.indexOf('{');
    int close = glob.indexOf('}');
    if (open < 0 || close < open) {
      return List.of(glob);
    }
    List<String> globs = new ArrayList<>();
    for (String one : glob.substring(open + 1, close).split(",", -1)) {
      globs.add(glob.substring(0, open) + one + glob.substring(close + 1));
    }
    return globs;
  }

  private static String because(Entry entry, List<String> found) {
    if (!entry.found().isProof()) {
      return "";
    }
    String first = String.join(", ", found.subList(0, Math.min(3, found.size())));
    return found.size() <= 3 ? first : first + " and others";
  }
}
