package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.Git.Outcome;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Mirrors in folders of this machine; {@code <shared>/mirrors/<project>.git}. Several processes may
 * share them; what else there is, is below each one's own root.
 */
public final class GitFolders implements GitStore {
  private static final int WARM_FROM_FILES = 2_000;

  private final Layout layout;
  private final CommitSigner signer;
  private final Mirrors mirrors;
  private final CommitFacts facts = new CommitFacts();
  private final Commits commits;
  private final Clones clones;
  private final WarmClones warm;

  public GitFolders(Path root) {
    this(root, new Signing.None());
  }

  /** With commits that are signed. */
  public GitFolders(Path root, Signing signing) {
    this(Layout.below(root), signing, Duration.ofSeconds(1), WARM_FROM_FILES);
  }

  /**
   * With mirrors that others use too.
   *
   * @param owner names this process among them, also after a restart
   */
  public GitFolders(Path root, Path shared, String owner, Signing signing) {
    this(Layout.below(root, shared, owner), signing, Duration.ofSeconds(1), WARM_FROM_FILES);
  }

  GitFolders(Path root, Duration backoff) {
    this(root, backoff, WARM_FROM_FILES);
  }

  GitFolders(Path root, Duration backoff, int warmFromFiles) {
    this(Layout.below(root), new Signing.None(), backoff, warmFromFiles);
  }

  private GitFolders(Layout layout, Signing signing, Duration backoff, int warmFromFiles) {
    this.signer = new CommitSigner(signing);
    this.layout = layout;
    this.mirrors = new Mirrors(layout, backoff);
    this.commits = new Commits(layout, signer, facts);
    this.clones = new Clones(commits);
    this.warm = new WarmClones(layout, clones, warmFromFiles);
  }

  @Override
  public void mirror(ProjectId project, String source) throws InterruptedException {
    mirrors.mirror(project, source);
  }

  @Override
  public Resolved resolve(ProjectId project, String ref) {
    return commits.resolve(project, ref);
  }

  @Override
  public void checkOut(ProjectId project, CommitId commit, Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    Path mirror = clones.mirrorFor(project, commit, place);
    if (!warm.take(project, mirror, commit, place)) {
      clones.checkOut(mirror, commit, place);
    }
    warm.refill(project, mirror, commit, place);
  }

  @Override
  public Path objects(ProjectId project) {
    return layout.git(project).gitDir().resolve("objects");
  }

  @Override
  public Captured capture(
      ProjectId project, Path workTree, CommitId parent, CommitText text, String hiddenRef) {
    return capture(project, workTree, parent, text, hiddenRef, commits::writeSigned);
  }

  private Captured capture(
      ProjectId project,
      Path workTree,
      CommitId parent,
      CommitText text,
      String hiddenRef,
      Commits.Writing writing) {
    Git git = commits.holding(project, parent);
    Commits.check(git, hiddenRef);
    Path folder = workTree.toAbsolutePath().normalize();
    Captured captured = Capture.take(git, facts, layout.scratch(), folder, parent, text, writing);
    if (captured instanceof Captured.Changed changed) {
      commits.point(project, git, hiddenRef, changed.commit());
    }
    return captured;
  }

  @Override
  public boolean signs() {
    return signer.signs();
  }

  /** Throws {@link GitFailure} if commits are to be signed and cannot be. */
  public void trySigning() {
    commits.trySigning();
  }

  @Override
  public List<Logged> log(ProjectId project, CommitId base, CommitId tip) {
    return History.between(commits.holding(project, base, tip), base, tip);
  }

  @Override
  public List<CommitId> landed(ProjectId project, CommitId base, CommitId tip, CommitId branch) {
    return Landing.of(commits.holding(project, base, tip, branch), commits, base, tip, branch);
  }

  @Override
  public List<FileChange> changes(ProjectId project, CommitId from, CommitId to) {
    return facts.changes(commits.holding(project, from, to), from, to);
  }

  @Override
  public List<String> paths(ProjectId project, CommitId commit) {
    return Contents.paths(facts.listing(commits.holding(project, commit), commit));
  }

  @Override
  public SourceTree sources(ProjectId project, CommitId commit) {
    Git git = commits.holding(project, commit);
    return new CommitTree(git, commit, () -> facts.listing(git, commit));
  }

  @Override
  public Inventory inventory(ProjectId project, CommitId commit) {
    return facts.inventory(commits.holding(project, commit), commit);
  }

  @Override
  public <T> T look(ProjectId project, CommitId commit, Function<Path, T> at) {
    Path folder = layout.scratch();
    try {
      checkOut(project, commit, folder);
      return at.apply(folder);
    } finally {
      FolderRemoval.remove(folder, layout);
    }
  }

  @Override
  public Optional<byte[]> content(ProjectId project, CommitId commit, String path, int maxBytes) {
    return facts.content(commits.holding(project, commit), commit, path, maxBytes);
  }

  @Override
  public String diff(ProjectId project, CommitId from, CommitId to, long maxBytes) {
    return Changes.diff(commits.holding(project, from, to), from, to, maxBytes);
  }

  @Override
  public CommitId overlay(
      ProjectId project, CommitId commit, CommitId other, Collection<String> paths) {
    Git git = commits.holding(project, commit, other);
    return Overlay.of(git, layout.scratch(), commits, commit, other, Set.copyOf(paths));
  }

  @Override
  public CommitId restate(
      ProjectId project, CommitId tree, CommitId parent, CommitText text, String hiddenRef) {
    Git git = commits.holding(project, tree, parent);
    Commits.check(git, hiddenRef);
    CommitId commit = commits.writeSigned(git, facts.tree(git, tree), List.of(parent), text);
    commits.point(project, git, hiddenRef, commit);
    return commit;
  }

  @Override
  public Integrated integrate(ProjectId project, CommitId tip, CommitId stepCommit) {
    return Integration.of(commits.holding(project, tip, stepCommit), commits, tip, stepCommit);
  }

  @Override
  public String tree(ProjectId project, CommitId commit) {
    return facts.tree(commits.holding(project, commit), commit);
  }

  @Override
  public void keep(ProjectId project, String ref, CommitId commit) {
    commits.keep(project, ref, commit);
  }

  @Override
  public Optional<CommitId> rescue(
      ProjectId project, Path workTree, CommitId parent, String ref, Instant at) {
    CommitText text = new CommitText("Rescue unfinished work", at);
    return switch (capture(project, workTree, parent, text, ref, commits::write)) {
      case Captured.Changed(var commit, _) -> Optional.of(commit);
      case Captured.Unchanged _ -> Optional.empty();
    };
  }

  @Override
  public Optional<CommitId> kept(ProjectId project, String ref) {
    return commits.kept(project, ref);
  }

  @Override
  public void discard(Path folder) {
    Path given = folder.toAbsolutePath().normalize();
    if (!Files.exists(given, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path place = layout.real(given);
    if (!place.startsWith(layout.root())
        || place.equals(layout.root())
        || place.startsWith(layout.mirrors())
        || place.startsWith(layout.warm())) {
      throw GitFailure.lasting("not a work folder below " + layout.root() + ": " + folder);
    }
    FolderRemoval.remove(place, layout);
  }

  @Override
  public void clearUnfinished() {
    warm.clearUnfinished();
    FolderRemoval.clearScratch(layout);
  }

  /** Waits until no clone is being made ready in the background. */
  void settle() throws InterruptedException {
    warm.settle();
  }

  @Override
  public void close() {
    warm.close();
  }

  /** Makes an empty bare repository; one that is there is left as it is. */
  public static void makeBare(Path folder) {
    Layout.below(folder);
    Git.in(folder).line("init", "--quiet", "--bare", "--template=", "--initial-branch=main");
  }

  @Override
  public void push(ProjectId project, CommitId commit, String remote, String branch) {
    Git plain = commits.holding(project, commit);
    String ref = "refs/heads/" + branch;
    if (plain.ask("check-ref-format", ref).exit() != 0) {
      throw GitFailure.lasting("not a name for a branch: \"" + branch + '"');
    }
    Remote there = Remote.at(remote);
    Outcome outcome =
        there
            .reach(plain, layout)
            .ask(
                "push",
                "--quiet",
                "--receive-pack=" + (there.local() ? Remote.LOCAL_RECEIVER : "git-receive-pack"),
                "--",
                there.address(),
                commit + ":" + ref);
    if (outcome.exit() != 0) {
      throw there.failure("pushing " + branch + " to", outcome.errors());
    }
  }
}
