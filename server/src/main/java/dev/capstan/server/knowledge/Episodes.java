package dev.capstan.server.knowledge;

import dev.capstan.control.records.Experience.Ended;
import dev.capstan.control.records.Memories.Action;
import dev.capstan.control.records.Memories.Ending;
import dev.capstan.control.records.Memories.Episode;
import dev.capstan.control.records.Memories.Situation;
import dev.capstan.control.records.Memories.Tried;
import dev.capstan.control.story.AttemptStory;
import dev.capstan.control.story.AttemptStory.Stage;
import dev.capstan.control.story.RunStory;
import dev.capstan.control.story.StepStory;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.models.secrecy.Redaction;
import dev.capstan.models.secrecy.SecretFinder;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.worker.WithheldFiles;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.git.SourceTree;
import dev.capstan.workspace.git.SourceTree.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells from a run's log and its commits what is to be remembered of a finished step: nothing of
 * files that are kept from models, and no secret. Not for several threads.
 */
final class Episodes {
  private static final Logger LOG = LoggerFactory.getLogger(Episodes.class);
  private static final int LONGEST_GOAL = 1_000;
  private static final int LONGEST_LINE = 300;
  private static final int MOST_FILES = 20;
  private static final int MOST_FAILURES = 5;
  private static final int MOST_TREES = 4;
  private static final int LARGEST_TEXT = 1 << 20;

  private final GitStore git;
  private final SecretFinder secrets;
  private final Map<CommitId, WithheldFiles> trees = new LinkedHashMap<>();

  Episodes(GitStore git, SecretFinder secrets) {
    this.git = git;
    this.secrets = secrets;
  }

  /** The step is one of the run's, and was tried. */
  Episode of(RunStory story, StepStory told, Ended ended) {
    ProjectId project = ended.project();
    AttemptStory last = told.lastAttempt().orElseThrow();
    Optional<WithheldFiles> withheld = withheld(project, last.attempt().from());
    Redaction redaction =
        new Redaction(
            secrets,
            withheld.map(files -> new WithheldLines(files.lines())).orElse(WithheldLines.NONE));
    Function<String, String> line = text -> cut(redaction.forEver(text), LONGEST_LINE);
    Step step = told.step();
    Work work = step.engines().get(last.attempt().engine());
    return new Episode(
        project,
        story.run().brief().run(),
        step.id(),
        ended.at(),
        new Situation(
            cut(redaction.forEver(story.run().brief().goal()), LONGEST_GOAL),
            line.apply(step.title()),
            line.apply(step.reason()),
            step.kind(),
            step.scope().globs().stream().limit(MOST_FILES).map(line).toList()),
        new Action(
            work.engine(),
            line.apply(String.join(" ", work.arguments())),
            last.change(),
            withheld.map(files -> files(project, last, files)).orElse(List.of())),
        new Ending(
            ended.completed(),
            withheld.isPresent() ? evidence(last, line) : List.of(),
            withheld.isPresent() ? failures(told, line) : List.of(),
            told.attempts().size(),
            ended.took()));
  }

  /** One line, and not too long. */
  private static String cut(String text, int longest) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
  }

  private static List<String> evidence(AttemptStory last, Function<String, String> line) {
    return last.judged().stream()
        .flatMap(judged -> judged.evidence().checks().stream())
        .map(check -> line.apply(check.name() + " " + check.verdict() + ": " + check.reason()))
        .toList();
  }

  /** The last ones. */
  private static List<String> failures(StepStory told, Function<String, String> line) {
    List<String> failures =
        told.attempts().stream()
            .flatMap(attempt -> attempt.failure().stream())
            .map(failure -> line.apply(failure.message()))
            .toList();
    return failures.subList(Math.max(0, failures.size() - MOST_FAILURES), failures.size());
  }

  private List<String> files(ProjectId project, AttemptStory last, WithheldFiles withheld) {
    if (last.commit().isEmpty()) {
      return List.of();
    }
    CommitId commit = last.commit().get();
    try (SourceTree tree = git.sources(project, commit)) {
      List<String> changed =
          git.changes(project, last.attempt().from(), commit).stream()
              .map(FileChange::path)
              .filter(path -> !withheld.paths().contains(path))
              .limit(MOST_FILES)
              .toList();
      WithheldFiles now = WithheldFiles.in(changed, text(tree, files(tree)));
      return changed.stream().filter(path -> !now.paths().contains(path)).toList();
    } catch (GitFailure gone) {
      LOG.atInfo().setCause(gone).log("the files of {} are not remembered", commit);
      return List.of();
    }
  }

  private static Map<String, Entry> files(SourceTree tree) {
    return tree.entries().stream()
        .filter(entry -> entry.kind() == SourceTree.Kind.FILE)
        .collect(Collectors.toMap(Entry::path, entry -> entry));
  }

  private static Function<String, Optional<String>> text(
      SourceTree tree, Map<String, Entry> files) {
    return path ->
        Optional.ofNullable(files.get(path))
            .flatMap(entry -> tree.content(entry, LARGEST_TEXT))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Empty where the tree cannot be read: then nothing that may be of it is remembered. */
  private Optional<WithheldFiles> withheld(ProjectId project, CommitId commit) {
    WithheldFiles known = trees.get(commit);
    if (known != null) {
      return Optional.of(known);
    }
    try (SourceTree tree = git.sources(project, commit)) {
      Map<String, Entry> files = files(tree);
      WithheldFiles found = WithheldFiles.in(files.keySet(), text(tree, files));
      remember(commit, found);
      return Optional.of(found);
    } catch (GitFailure gone) {
      LOG.atInfo().setCause(gone).log("little is remembered of what began at {}", commit);
      return Optional.empty();
    }
  }

  private void remember(CommitId commit, WithheldFiles found) {
    if (trees.size() == MOST_TREES) {
      trees.remove(trees.keySet().iterator().next());
    }
    trees.put(commit, found);
  }

  /** What became of the attempts at a step that has ended; of others that is not known. */
  static List<Tried> tried(RunId run, StepStory told, boolean completed) {
    List<Tried> tried = new ArrayList<>();
    for (AttemptStory attempt : told.attempts()) {
      boolean last = attempt.equals(told.attempts().getLast());
      switch (attempt.stage()) {
        case Stage.Failed _, Stage.Refused _ -> tried.add(tried(run, told, attempt, false));
        case Stage.Judged _, Stage.Unchanged _ -> {
          if (last && completed) {
            tried.add(tried(run, told, attempt, true));
          }
        }
        case Stage.Executing _, Stage.Verifying _, Stage.Asked _ -> {}
      }
    }
    return tried;
  }

  private static Tried tried(RunId run, StepStory told, AttemptStory attempt, boolean passed) {
    return new Tried(run, told.step().id(), attempt.attempt().number(), passed);
  }
}
