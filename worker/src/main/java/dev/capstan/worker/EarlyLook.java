package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.engines.TreeFiles;
import dev.capstan.verification.EarlyJudge;
import dev.capstan.verification.EarlyJudge.Look;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.nearest.NearestTests;
import dev.capstan.verification.nearest.Ranking;
import dev.capstan.verification.nearest.Ranking.Near;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.toolchain.ChosenTests;
import dev.capstan.workspace.toolchain.ChosenTests.Choice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the tests nearest to a change before all others, where that pays. It has a word only if one
 * of them passed before, fails now, and passes on the commit before in the same sandbox; else all
 * tests are run as ever. It works in folders of its own, so that nothing it leaves counts later.
 */
final class EarlyLook {
  /** What a command line may hold. */
  private static final int MOST_FILES = 200;

  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final Measurer measurer;

  EarlyLook(Workshop workshop, Journal journal, LeasedTask leased) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.measurer = new Measurer(workshop, journal, leased);
  }

  /** That the change breaks a test that is near to it. */
  record Broken(Measurement near, Measurement again, Look look) {}

  /**
   * Looks.
   *
   * @param frozen the tree that is judged
   * @param folder a fresh clone of it
   * @param before what the change is compared with
   */
  Optional<Broken> at(
      Subject subject,
      List<Changed> changes,
      CommitId frozen,
      Folder folder,
      Recipe recipe,
      Measurement before)
      throws IOException, InterruptedException {
    if (!(before.build() instanceof Build.Built)
        || workshop.nearestFirst().most(before, Integer.MAX_VALUE) <= 0
        || !workshop.caches().isFilled(leased.project(), recipe.fingerprint())) {
      return Optional.empty();
    }
    Ranking ranking =
        NearestTests.rank(
            workshop.git().paths(leased.project(), frozen),
            path -> TreeFiles.text(folder.tree(), path),
            changes.stream().map(Changed::path).toList());
    return switch (ranking) {
      case Ranking.TooLarge(var reason) -> skipped(reason);
      case Ranking.Ranked ranked -> at(subject, frozen, recipe, before, ranked);
    };
  }

  private Optional<Broken> at(
      Subject subject, CommitId frozen, Recipe recipe, Measurement before, Ranking.Ranked ranked)
      throws IOException, InterruptedException {
    int most = Math.min(MOST_FILES, workshop.nearestFirst().most(before, ranked.all()));
    if (ranked.near().isEmpty()) {
      return skipped("no test is known to be near to this change");
    }
    if (most < 1) {
      return skipped("it would take more time than it saves");
    }
    List<String> nearest = ranked.near().stream().limit(most).map(Near::path).toList();
    return switch (ChosenTests.of(recipe.toolchain(), nearest)) {
      case Choice.Not(var why) -> skipped(why);
      case Choice.Chosen chosen -> {
        Look look = new Look(chosen.files().size(), ranked.all());
        journal.note(look.inWords() + " first: " + some(ranked, chosen.files()));
        Recipe few = new Recipe(chosen.toolchain(), recipe.hash(), recipe.fingerprint());
        yield at(new Few(subject, few, look), frozen, before);
      }
    };
  }

  /** The tests that are run first. */
  private record Few(Subject subject, Recipe recipe, Look look) {}

  private Optional<Broken> at(Few few, CommitId frozen, Measurement before)
      throws IOException, InterruptedException {
    Look look = few.look();
    CommitId from = few.subject().from();
    Measurement near = measure(few, frozen, few.subject().commit(), "nearest");
    Set<String> suspects = EarlyJudge.suspects(before, near);
    if (suspects.isEmpty()) {
      journal.note(look.inWords() + ": nothing new fails; now all");
      return Optional.empty();
    }
    journal.note(
        suspects.size()
            + " cases near to the change passed before and fail now: measuring them on "
            + from.abbreviated()
            + " again in the same sandbox");
    Measurement again = measure(few, from, from, "nearest-again");
    if (EarlyJudge.broken(before, near, again).isEmpty()) {
      journal.note("they are not known to pass there; now all");
      return Optional.empty();
    }
    journal.note(look.inWords() + " show that the change breaks a test; the others are not run");
    return Optional.of(new Broken(near, again, look));
  }

  private Measurement measure(Few few, CommitId tree, CommitId made, String purpose)
      throws IOException, InterruptedException {
    try (Folder folder = workshop.folders().open(leased, tree, purpose)) {
      Trust trust = Trust.of(workshop.git(), leased.project(), few.subject().base(), made);
      return measurer
          .measure(folder, few.recipe(), trust)
          .ofTestsAlone("only " + few.look().inWords() + " were run");
    }
  }

  private static String some(Ranking.Ranked ranked, List<String> files) {
    List<String> named =
        ranked.near().stream()
            .filter(near -> files.contains(near.path()))
            .limit(5)
            .map(near -> near.path() + " (" + near.reason() + ")")
            .toList();
    return String.join(", ", named) + (files.size() > named.size() ? ", …" : "");
  }

  private Optional<Broken> skipped(String why) {
    journal.note("the nearest tests are not run first: " + why);
    return Optional.empty();
  }
}
