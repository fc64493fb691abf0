package dev.capstan.workspace.validation;

import dev.capstan.workspace.git.Inventory;
import java.util.ArrayList;
import java.util.List;

/** What a clone lacks or a run treats in a way of its own. */
public final class Peculiarities {
  private static final int MOST_NAMED = 3;

  private Peculiarities() {}

  /** Empty where there is nothing to say. */
  public static List<Finding> of(Inventory inventory) {
    List<Finding> findings = new ArrayList<>();
    if (!inventory.submodules().isEmpty()) {
      findings.add(
          Finding.warning(
              "submodules",
              named(inventory.submodules()) + ": not fetched, so their folders are empty",
              "If build or tests need them, bring them in as packages or by set_up."));
    }
    if (!inventory.pointers().isEmpty()) {
      findings.add(
          Finding.warning(
              "Git LFS",
              named(inventory.pointers()) + ": clones hold the pointers, not the contents",
              "Tests are measured without the contents, so a person is asked at each gate."));
    }
    if (!inventory.escapingLinks().isEmpty()) {
      findings.add(
          Finding.warning(
              "links that leave the repository",
              named(inventory.escapingLinks()) + ": they lead nowhere inside the sandbox",
              "Make them relative, or leave them out of steps."));
    }
    if (!inventory.unreadableNames().isEmpty()) {
      findings.add(
          Finding.warning(
              "names that are not UTF-8",
              named(inventory.unreadableNames()) + ": scopes and plans cannot name them",
              "Rename them."));
    }
    return List.copyOf(findings);
  }

  private static String named(List<String> paths) {
    String first = String.join(", ", paths.stream().limit(MOST_NAMED).toList());
    int more = paths.size() - MOST_NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
