package dev.capstan.control.records;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is remembered of finished steps, to be recalled where something like it is to be done. */
public interface Memories {
  /**
   * A finished step.
   *
   * @param at when it ended
   */
  record Episode(
      ProjectId project,
      RunId run,
      StepId step,
      Instant at,
      Situation situation,
      Action action,
      Ending ending) {}

  /**
   * What was to be done.
   *
   * @param goal of the run
   * @param kind of change, such as refactor
   * @param scope globs of the files that might be changed; none for every file
   */
  record Situation(String goal, String title, String reason, String kind, List<String> scope) {
    public Situation {
      scope = List.copyOf(scope);
    }
  }

  /**
   * What was done, by the last attempt.
   *
   * @param engine its name
   * @param work what the engine was told
   * @param change its size; zeros if it made no commit
   * @param files the first of those it changed that models may know of
   */
  record Action(String engine, String work, Change change, List<String> files) {
    public Action {
      files = List.copyOf(files);
    }
  }

  /**
   * What came of it.
   *
   * @param completed false for a step that was given up
   * @param evidence one line for each check of the last attempt
   * @param failures why attempts failed, oldest first
   * @param attempts how many there were
   * @param took from the beginning of the first, waiting included
   */
  record Ending(
      boolean completed,
      List<String> evidence,
      List<String> failures,
      int attempts,
      Duration took) {
    public Ending {
      evidence = List.copyOf(evidence);
      failures = List.copyOf(failures);
    }
  }

  /**
   * What the step's calls of models cost, all attempts together.
   *
   * @param microDollars empty where a price is not known
   */
  record Cost(long tokens, Optional<Long> microDollars) {}

  /**
   * A memory, with what it was good for.
   *
   * @param offered to so many attempts and plannings
   * @param passed so many of these attempts passed
   * @param failed and so many did not; of the others that is not known
   */
  record Memory(long id, Episode episode, Cost cost, int offered, int passed, int failed) {
    /** Where it stands in the list. */
    public Place place() {
      return new Place(episode.at(), String.valueOf(id));
    }
  }

  /** Whether an attempt passed its gate. */
  record Tried(RunId run, StepId step, int attempt, boolean passed) {}

  /** The position of the log of all runs up to which everything is remembered. */
  long progress();

  /**
   * Remembers, all or nothing. What is known of the same step is replaced, unless it was forgotten.
   *
   * @param tried tells what became of what was offered
   * @param through up to this position of the log everything is remembered now
   */
  void keep(List<Episode> episodes, List<Tried> tried, long through);

  /** Newest first, from behind that place on. */
  List<Memory> list(ProjectId project, Optional<Place> after, int most);

  Optional<Memory> find(ProjectId project, long id);

  /** Deletes what is remembered of a step, for ever; false if there is no such memory. */
  boolean forget(ProjectId project, long id);

  /** The place of a text among others, as a model of that name sees it. */
  final class Embedding {
    private final String model;
    private final byte[] vector;

    public Embedding(String model, byte[] vector) {
      this.model = model;
      this.vector = vector.clone();
    }

    public String model() {
      return model;
    }

    public byte[] vector() {
      return vector.clone();
    }
  }

  /** A memory with its embedding, if it has one. */
  record Embedded(Memory memory, Optional<Embedding> embedding) {}

  /** The newest, to choose from. */
  List<Embedded> newest(ProjectId project, int most);

  /** Keeps a memory's embedding, unless the memory was replaced since it was read. */
  void embed(Memory memory, Embedding embedding);

  /**
   * Who asks what is remembered.
   *
   * @param run for the planning of a goal an id that no run has
   * @param step "" for the planning of a goal
   * @param attempt 0 for the planning of a goal
   */
  record Asker(ProjectId project, RunId run, String step, int attempt) {}

  /** Notes what was offered to somebody who asked; the last time counts. */
  void offered(Asker asker, List<Long> memories);

  /**
   * How much memory was of use.
   *
   * @param memories there are
   * @param plannings that asked, and to how many of these something was offered
   * @param attempts of coding agents that asked
   */
  record Reuse(long memories, Share plannings, Attempts attempts) {}

  /** Of so many that asked, so many were offered something. */
  record Share(long asked, long offered) {}

  /** Of attempts with and without something offered, how many have ended and how many passed. */
  record Attempts(
      Share all, long endedWith, long passedWith, long endedWithout, long passedWithout) {}

  Reuse reuse(ProjectId project);
}
