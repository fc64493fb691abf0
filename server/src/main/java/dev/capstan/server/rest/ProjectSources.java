package dev.capstan.server.rest;

import dev.capstan.control.records.Memories.Asker;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.engines.FindingCommand;
import dev.capstan.engines.planner.Entry;
import dev.capstan.engines.planner.Place;
import dev.capstan.engines.planner.RulePlanner;
import dev.capstan.engines.planner.Spot;
import dev.capstan.engines.planner.Spots;
import dev.capstan.engines.planner.TreeSources;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.pack.Packer;
import dev.capstan.knowledge.pack.StandingPieces;
import dev.capstan.verification.StandingSecrets;
import dev.capstan.verification.StandingSecrets.InFile;
import dev.capstan.verification.Submission;
import dev.capstan.verification.secrets.Leak;
import dev.capstan.worker.KnownPast.Told;
import dev.capstan.worker.Workshop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The files of a commit of a project, with what was measured of it. */
final class ProjectSources implements RulePlanner.Sources, Submission.Sources {
  private final Workshop workshop;
  private final ProjectId project;
  private final CommitId commit;
  private final TreeSources tree;

  ProjectSources(Workshop workshop, ProjectId project, CommitId commit, TreeSources tree) {
    this.workshop = workshop;
    this.project = project;
    this.commit = commit;
    this.tree = tree;
  }

  @Override
  public List<String> paths() {
    return tree.paths();
  }

  @Override
  public Optional<String> text(String path) {
    return tree.text(path);
  }

  /** What the project's index finds for a goal, in files that may be read; empty without one. */
  Optional<String> pack(String goal, Set<String> readable, int most) {
    int tokens = Math.min(most, workshop.code().packTokens());
    Optional<Graphs> graphs = tokens == 0 ? Optional.empty() : workshop.code().graphs(project);
    StandingPieces standing =
        new StandingPieces(path -> readable.contains(path) ? text(path) : Optional.empty());
    return graphs.flatMap(found ->
        found
            .index()
            .newest()
            .map(view -> Packer.pack(found, view.name(), goal, tokens, standing).text()));
  }

  /**
   * What finished steps like the goal came to, for a model that plans it; empty where none is
   * remembered.
   */
  Optional<String> past(String goal, Set<String> readable, int most) {
    int tokens = Math.min(most, workshop.code().packTokens());
    if (tokens == 0) {
      return Optional.empty();
    }
    Asker planning = new Asker(project, new RunId("plan-" + UUID.randomUUID()), "", 0);
    Told told = workshop.past().recall(planning, goal, tokens, readable::contains);
    return told.memories() == 0 ? Optional.empty() : Optional.of(told.text());
  }

  @Override
  public Spots spots(Entry.Finds kind, Place place) {
    return switch (kind) {
      case COVERAGE ->
          CoverageGaps.of(Measured.nearest(workshop, project, commit), commit, paths(), place);
      case SECRETS -> secrets(place);
    };
  }

  private Spots secrets(Place place) {
    StandingSecrets found =
        StandingSecrets.in(this, path -> place.holds(path) && FindingCommand.isSpeakable(path));
    List<String> notes = new ArrayList<>();
    if (!found.whole()) {
      notes.add("there is more text than is scanned, so more secrets may stand in it");
    }
    if (found.files().isEmpty()) {
      notes.add("no secret was found" + (place.name().isEmpty() ? "" : " in " + place.name()));
    }
    if (found.files().size() > Spots.MOST) {
      notes.add("%d more files hold secrets".formatted(found.files().size() - Spots.MOST));
    }
    return new Spots(
        found.files().stream().limit(Spots.MOST).map(ProjectSources::spot).toList(), notes);
  }

  private static Spot spot(InFile file) {
    return new Spot(file.path(), file.path(), file.lines(), why(file));
  }

  private static String why(InFile file) {
    String what =
        file.leaks().stream()
            .map(leak -> "%s:%d %s%s".formatted(file.path(), leak.line(), leak.rule(), way(leak)))
            .distinct()
            .limit(Spots.MOST)
            .collect(Collectors.joining("; "));
    int more = file.leaks().size() - Spots.MOST;
    return more > 0 ? what + "; and " + more + " more" : what;
  }

  private static String way(Leak leak) {
    return leak.way().isEmpty() ? "" : ", " + leak.way();
  }
}
