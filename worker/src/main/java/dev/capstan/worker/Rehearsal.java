package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Carries out work on the run's base commit once, with the network that set-up has, so that what it
 * downloads, and what the project then downloads to be built, is in the project's caches when the
 * work is done in earnest without a network. What it changes is thrown away.
 *
 * <p>Only for engines that do what they are told: no code that a run has made is there.
 */
final class Rehearsal {
  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;

  Rehearsal(Workshop workshop, Journal journal, LeasedTask leased) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
  }

  /**
   * Does nothing if it was done before. That it fails decides nothing: the attempt may begin from
   * another commit, and need nothing new.
   *
   * @return how it failed
   */
  Optional<Failure> ensure(Engine engine, Work work, EngineJobs jobs)
      throws IOException, InterruptedException {
    CommitId base = RunUnderWay.of(workshop, leased).base().commit();
    try (Folder folder = workshop.folders().open(leased, base, "rehearsal")) {
      Measurer measurer = new Measurer(workshop, journal, leased);
      Recipe recipe = measurer.recipe(folder);
      String stamp = "engine-" + Fingerprints.work(work, recipe);
      if (workshop.caches().isFilled(leased.project(), stamp)) {
        return Optional.empty();
      }
      Lock lock = workshop.caches().lock(leased.project()).writeLock();
      lock.lockInterruptibly();
      try {
        return rehearse(engine, jobs, folder, recipe, stamp);
      } finally {
        lock.unlock();
      }
    }
  }

  private Optional<Failure> rehearse(
      Engine engine, EngineJobs jobs, Folder folder, Recipe recipe, String stamp)
      throws IOException, InterruptedException {
    journal.note("carrying it out on the base commit once, to fetch what it needs");
    Toolchain toolchain = recipe.toolchain();
    Engine.Result result =
        engine.perform(
            jobs.of(folder, Optional.of(toolchain), workshop.setUpNetwork().of(toolchain)),
            journal);
    return switch (result) {
      case Engine.Result.Done _ -> {
        Measurer measurer = new Measurer(workshop, journal, leased);
        Recipe changed = measurer.recipe(folder);
        if (!changed.fingerprint().equals(recipe.fingerprint())) {
          journal.note("it changes how the project is built: fetching what that needs");
          measurer.fetch(folder, changed);
        }
        workshop.caches().markFilled(leased.project(), stamp);
        yield Optional.empty();
      }
      case Engine.Result.Failed(var failure) -> {
        journal.note("that failed: " + failure.message());
        yield Optional.of(failure);
      }
      case Engine.Result.Asks _ -> Optional.empty();
      case Engine.Result.Stopped _ -> throw new InterruptedException();
    };
  }

  /**
   * The failure with what the rehearsal said, as without the network many a failure only says that
   * something is not there. What both say is said once.
   */
  static Failure told(Failure failure, Optional<Failure> rehearsed) {
    return rehearsed
        .map(Failure::message)
        .filter(first -> !first.equals(failure.message()))
        .map(first ->
            new Failure(
                failure.kind(),
                first + "; and without the network: " + failure.message(),
                failure.violations()))
        .orElse(failure);
  }
}
