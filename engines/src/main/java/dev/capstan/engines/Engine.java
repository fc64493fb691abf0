package dev.capstan.engines;

import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.workspace.toolchain.Toolchain;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The port to what performs a step. It works on a clone of its own and says only how it ended: what
 * it did is measured.
 */
public interface Engine {
  /** Among the files of a job: what the attempt before did not keep true, as JSON. */
  String TO_FIX = "violations.json";

  /** Among the files of a job: what attempts before have asked, and the answers, as JSON. */
  String ANSWERS = "answers.json";

  /** Among the files of a job: what an agent may read to begin with, as Markdown. */
  String CONTEXT = "context.md";

  /** The name by which plans call it. */
  String name();

  /**
   * True if it works through the project's own build tool. It then gets the toolchain and its
   * caches, and whatever it downloads was downloaded before, when it was carried out on the base
   * commit once with the network.
   */
  default boolean usesToolchain() {
    return false;
  }

  /**
   * True if such work asks language models. It then gets a key and a way to them, where there are
   * any.
   */
  default boolean usesModels(Work work) {
    return false;
  }

  /** True for a coding agent: it is told a step in words and finds out by itself how to do it. */
  default boolean isAgent() {
    return false;
  }

  /**
   * Which prompt such work is asked with, as it is to stand on the record of its calls; else "".
   */
  default String prompt(Work work) {
    return "";
  }

  /** Why work like this can never be done, for its author; empty if it can be tried. */
  default Optional<String> refuses(Work work) {
    return Optional.empty();
  }

  /**
   * Works that are to be tried side by side, each in a clone of its own, of which the best is
   * taken; none for an engine that does the work itself.
   */
  default List<Work> contestants(Work work) {
    return List.of();
  }

  /** Blocks until nothing of the work runs any more. Interrupting the thread stops it. */
  Result perform(Job job, OutputListener output);

  /**
   * One piece of work.
   *
   * @param label marks the processes it starts
   * @param tree the folder to change, writable
   * @param binds what else it sees
   * @param environment variables of the toolchain
   * @param files where the files sent along lie, for each name
   * @param asking an empty folder of the host, in which the engine may leave a question
   * @param telling an empty folder of the host, in which instructions may be laid for a program
   * @param instructions what people tell it, before and while it works
   * @param toolchain of the project, if it is used
   * @param network what it reaches
   * @param models its way to language models, which is then the network too
   * @param workbench for an engine of Capstan's own that asks models itself
   * @param turnEnd to be run on the thread of the work whenever an agent has ended a turn, to keep
   *     what it has made so far; the end of the work needs none
   */
  record Job(
      String label,
      Purpose purpose,
      Work work,
      Path tree,
      List<Bind> binds,
      Map<String, String> environment,
      Map<String, Path> files,
      Path asking,
      Path telling,
      Instructions instructions,
      Optional<Toolchain> toolchain,
      Network network,
      Optional<ModelAccess> models,
      Optional<Workbench> workbench,
      Runnable turnEnd) {
    public Job {
      binds = List.copyOf(binds);
      environment = Map.copyOf(environment);
      files = Map.copyOf(files);
    }

    /** Work that asks no models. */
    public Job(
        String label,
        Purpose purpose,
        Work work,
        Path tree,
        List<Bind> binds,
        Map<String, String> environment,
        Map<String, Path> files,
        Path asking,
        Path telling,
        Instructions instructions,
        Optional<Toolchain> toolchain,
        Network network) {
      this(
          label,
          purpose,
          work,
          tree,
          binds,
          environment,
          files,
          asking,
          telling,
          instructions,
          toolchain,
          network,
          Optional.empty(),
          Optional.empty(),
          () -> {});
    }
  }

  /**
   * What work is for.
   *
   * @param title of the step, and why it is there; any text, as all that people write
   * @param goal of the run, as people wrote it: any text
   * @param base the commit that the run started from
   * @param scope what the step may change
   * @param completed the run's steps whose changes are part of its branch
   */
  record Purpose(
      RunId run,
      StepId step,
      String title,
      String reason,
      String goal,
      CommitId base,
      Scope scope,
      Set<StepId> completed) {
    public Purpose {
      completed = Set.copyOf(completed);
    }
  }

  /** How it ended. */
  sealed interface Result {
    /**
     * By itself, saying that all is well.
     *
     * @param words what it says of its work at last; may be ""
     */
    record Done(String words) implements Result {
      /** Without a word. */
      public Done() {
        this("");
      }
    }

    /** Not well. */
    record Failed(Failure failure) implements Result {}

    /** With something a person must answer first; what it changed does not count. */
    record Asks(String question) implements Result {}

    /** The thread was interrupted. */
    record Stopped() implements Result {}
  }
}
