package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines between the marks of conflicts that git puts into a merged text. A text may hold lines
 * that look like marks; only those that name the commits merged begin and end a conflict.
 */
final class ConflictLines {
  /** With the marks. */
  private static final int MOST = 40;

  /** Of one side, so that the other one has room. */
  private static final int MOST_OF_A_SIDE = 17;

  private static final int LONGEST = 200;
  private static final String BETWEEN = "=======";

  private final String opening;
  private final String closing;

  ConflictLines(CommitId branch, CommitId step) {
    this.opening = "<<<<<<< " + branch;
    this.closing = ">>>>>>> " + step;
  }

  List<String> in(String merged) {
    List<String> shown = new ArrayList<>();
    List<String> branch = new ArrayList<>();
    List<String> step = new ArrayList<>();
    Side side = Side.NONE;
    for (String line : merged.split("\n", -1)) {
      switch (side) {
        case NONE -> side = line.startsWith(opening) ? Side.BRANCH : side;
        case BRANCH -> side = line.equals(BETWEEN) ? Side.STEP : kept(line, branch, side);
        case STEP -> {
          if (line.startsWith(closing)) {
            add(shown, branch, step);
            branch.clear();
            step.clear();
            side = Side.NONE;
          } else {
            step.add(line);
          }
        }
      }
    }
    return shown;
  }

  private enum Side {
    NONE,
    BRANCH,
    STEP
  }

  private static Side kept(String line, List<String> lines, Side side) {
    lines.add(line);
    return side;
  }

  private static void add(List<String> shown, List<String> branch, List<String> step) {
    List<String> both = new ArrayList<>(List.of("<<<<<<< the run's branch"));
    both.addAll(cut(branch));
    both.add(BETWEEN);
    both.addAll(cut(step));
    both.add(">>>>>>> the step");
    if (shown.size() + both.size() < MOST) {
      shown.addAll(both);
    } else if (!shown.getLast().startsWith("…")) {
      shown.add("… and further on");
    }
  }

  private static List<String> cut(List<String> side) {
    List<String> lines =
        new ArrayList<>(
            side.stream()
                .limit(MOST_OF_A_SIDE)
                .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line)
                .toList());
    if (side.size() > MOST_OF_A_SIDE) {
      lines.add("… %d more lines".formatted(side.size() - MOST_OF_A_SIDE));
    }
    return lines;
  }
}
