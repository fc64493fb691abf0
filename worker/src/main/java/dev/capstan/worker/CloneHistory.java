package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether an attempt rewrote the history of its clone. That has no effect, since only the tree is
 * taken; who tries it is told all the same. The clone's git folder is foreign: the host reads
 * nothing of it but whether it was touched, and git looks into it in the sandbox, read-only.
 */
final class CloneHistory {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MOST_NAMED = 20;
  private static final int LONGEST_HEAD = 200;
  private static final String ONLY_THE_TREE = "; only the files of an attempt are kept";

  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final Path tree;
  private final CommitId from;
  private final List<Violation> found = new ArrayList<>();

  private CloneHistory(
      Workshop workshop, Journal journal, LeasedTask leased, Path tree, CommitId from) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.tree = tree;
    this.from = from;
  }

  /** What was rewritten; empty where nothing was, or where there is no history to look at. */
  static List<Violation> rewritten(
      Workshop workshop, Journal journal, LeasedTask leased, Path tree, CommitId from)
      throws IOException, InterruptedException {
    return new CloneHistory(workshop, journal, leased, tree, from).look();
  }

  private List<Violation> look() throws IOException, InterruptedException {
    Path folder = tree.resolve(".git");
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      journal.note("the clone has no git folder any more; its history was not looked at");
    } else if (isTouched(folder)) {
      lookInside(folder);
    }
    return List.copyOf(found);
  }

  /** A fresh clone has a detached head and no ref at all. */
  private boolean isTouched(Path folder) throws IOException {
    return !head(folder).equals(from.value())
        || exists(folder, "packed-refs")
        || exists(folder, "reftable")
        || exists(folder, "info/grafts")
        || holdsRefs(folder.resolve("refs"));
  }

  private static boolean exists(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  private static String head(Path folder) throws IOException {
    Path head = folder.resolve("HEAD");
    boolean plain =
        Files.isRegularFile(head, LinkOption.NOFOLLOW_LINKS)
            && Files.isReadable(head)
            && Files.size(head) < LONGEST_HEAD;
    return plain ? Files.readString(head).strip() : "";
  }

  private static boolean holdsRefs(Path refs) throws IOException {
    if (!Files.isDirectory(refs, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(refs)) {
      return true;
    }
    List<String> usual = List.of("heads", "tags");
    try (var entries = Files.newDirectoryStream(refs)) {
      for (Path entry : entries) {
        if (!usual.contains(entry.getFileName().toString()) || holdsAny(entry)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean holdsAny(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(folder)) {
      return true;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      return entries.iterator().hasNext();
    }
  }

  private void lookInside(Path folder) throws IOException, InterruptedException {
    if (exists(folder, "info/grafts")) {
      add(".git/info/grafts", "expected no grafts, found other parents given to commits");
    }
    if (git("merge-base", "--is-ancestor", from.value(), "HEAD").exit() == 1) {
      add("HEAD", "expected a commit after " + from.abbreviated() + ", found another history");
    }
    refs("refs/replace")
        .forEach(ref -> add(ref, "expected no commit to be replaced, found a replacement"));
    refs("refs/heads", "--no-contains=" + from, "--no-merged=" + from)
        .forEach(
            ref -> add(ref, "expected commits after " + from.abbreviated() + ", found others"));
  }

  private void add(String subject, String detail) {
    found.add(new Violation(Category.HISTORY_REWRITTEN, subject, detail + ONLY_THE_TREE));
  }

  private List<String> refs(String below, String... filters)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("for-each-ref", "--format=%(refname)"));
    arguments.add("--count=" + MOST_NAMED);
    arguments.addAll(List.of(filters));
    arguments.add(below);
    return git(arguments.toArray(String[]::new)).lines();
  }

  /** What git said; exit -1 if it did not end by itself. */
  private record Answer(int exit, List<String> lines) {}

  private Answer git(String... arguments) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("git", "--no-pager", "--no-replace-objects"));
    argv.addAll(List.of("-c", "safe.directory=*", "--git-dir=" + tree.resolve(".git")));
    argv.addAll(List.of(arguments));
    List<String> lines = new ArrayList<>();
    Outcome outcome =
        workshop
            .sandbox()
            .run(
                confinement(argv),
                (stream, line) -> {
                  if (stream == Stream.OUT && lines.size() < MOST_NAMED) {
                    lines.add(line);
                  }
                });
    int exit =
        switch (outcome) {
          case Outcome.Exited(var code, _) -> code;
          case Outcome.TimedOut _, Outcome.LimitExceeded _, Outcome.NotStarted _ -> -1;
          case Outcome.Stopped _ -> throw new InterruptedException();
        };
    if (exit != 0 && exit != 1) {
      journal.note("the clone's history could not be read: git " + arguments[0]);
      return new Answer(exit, List.of());
    }
    return new Answer(exit, List.copyOf(lines));
  }

  private Confinement confinement(List<String> argv) throws IOException {
    Path objects = workshop.git().objects(leased.project());
    List<Bind> binds = new ArrayList<>(workshop.system().binds(Network.NONE));
    binds.add(Bind.ReadOnly.of(objects));
    binds.add(Bind.ReadOnly.of(tree));
    Map<String, String> environment = new HashMap<>(workshop.system().environment());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_GRAFT_FILE", "/dev/null");
    environment.put("GIT_ALTERNATE_OBJECT_DIRECTORIES", objects.toString());
    return new Confinement(
        leased.run() + "/" + leased.task().key(),
        argv,
        tree,
        binds,
        environment,
        Network.NONE,
        workshop.limits().withTime(LIMIT));
  }
}
