package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.Git.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The mirrors of a server, on another machine: commits are fetched when they are needed, and what
 * is kept under a hidden ref is pushed at once, so nothing is lost with this machine. What only the
 * server does (following the source, integrating, pushing to a forge) is refused.
 */
public final class RemoteMirrors implements GitStore {
  private static final Duration LIMIT = Duration.ofHours(1);
  private static final int TRIES = 200;
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final List<String> FETCH =
      List.of("fetch", "--quiet", "--no-tags", "--no-write-fetch-head");
  private static final List<String> PUSH = List.of("push", "--quiet");
  private static final String FETCHED = "refs/capstan/fetched/";

  private final GitFolders here;
  private final Layout layout;
  private final Server server;

  /** Where the mirrors are served. */
  public interface Server {
    /** Of the project's mirror; empty while no server was reached. */
    Optional<String> url(ProjectId project);

    /** Whole header lines that let in whoever does the task of this thread. */
    List<String> headers();

    /** Certificates that the server's own is checked with, as PEM; empty for the system's. */
    Optional<Path> authorities();
  }

  /** {@code root} is a folder of this worker's own. */
  public RemoteMirrors(Path root, Server server) {
    this.here = new GitFolders(root);
    this.layout = Layout.below(root);
    this.server = server;
  }

  // ---- to and from the server

  private void bring(ProjectId project, CommitId... commits) {
    makeMirror(project);
    for (CommitId commit : commits) {
      if (layout.git(project).ask("cat-file", "-e", commit + "^{commit}").exit() != 0) {
        exchange(project, FETCH, "+" + commit + ":" + FETCHED + commit);
      }
    }
  }

  private void send(ProjectId project, String ref) {
    exchange(project, PUSH, "+" + ref + ":" + ref);
  }

  /** Again unless a server refuses: whoever loses the task's lease interrupts the thread. */
  private void exchange(ProjectId project, List<String> command, String refspec) {
    Outcome outcome = exchangeOnce(project, command, refspec);
    for (int i = 1; i < TRIES && outcome.exit() != 0 && !Remote.isRefusal(outcome.errors()); i++) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
        throw new GitFailure("interrupted: " + outcome.errors(), interruption);
      }
      outcome = exchangeOnce(project, command, refspec);
    }
    if (outcome.exit() != 0) {
      throw new GitFailure(
          "the server's copy of "
              + project
              + " could not be reached for git "
              + command.getFirst()
              + ": "
              + outcome.errors(),
          true);
    }
  }

  private Outcome exchangeOnce(ProjectId project, List<String> command, String refspec) {
    Optional<String> url = server.url(project);
    if (url.isEmpty()) {
      return new Outcome(1, "", false, "no server was reached yet");
    }
    Git git = layout.git(project).within(LIMIT);
    List<String> headers = server.headers();
    git = git.with("GIT_CONFIG_COUNT", String.valueOf(headers.size()));
    for (int i = 0; i < headers.size(); i++) {
      git =
          git.with("GIT_CONFIG_KEY_" + i, "http.extraHeader")
              .with("GIT_CONFIG_VALUE_" + i, headers.get(i));
    }
    Optional<Path> authorities = server.authorities();
    if (authorities.isPresent()) {
      git = git.with("GIT_SSL_CAINFO", authorities.get().toString());
    }
    return git.ask(
        Stream.concat(
                command.stream(), Stream.of("--no-recurse-submodules", "--", url.get(), refspec))
            .toArray(String[]::new));
  }

  private void makeMirror(ProjectId project) {
    Path mirror = layout.mirror(project);
    if (Files.isDirectory(mirror)) {
      return;
    }
    Path draft = layout.draft();
    try {
      Git.in(draft).line("init", "--quiet", "--bare", "--template=");
      Files.createDirectories(layout.mirrors());
      Files.move(draft, mirror, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      if (!Files.isDirectory(mirror)) {
        throw new GitFailure("the mirror of " + project + " can't be made: " + failure, failure);
      }
    } finally {
      FolderRemoval.remove(draft, layout);
    }
  }

  private static GitFailure elsewhere(String what) {
    return GitFailure.lasting(what + " is done by the server, not by a remote worker");
  }

  // ---- what the server alone does

  @Override
  public void mirror(ProjectId project, String source) {
    throw elsewhere("following a project's source");
  }

  @Override
  public Resolved resolve(ProjectId project, String ref) {
    throw elsewhere("looking up a branch");
  }

  @Override
  public Integrated integrate(ProjectId project, CommitId tip, CommitId stepCommit) {
    throw elsewhere("integrating");
  }

  @Override
  public void push(ProjectId project, CommitId commit, String remote, String branch) {
    throw elsewhere("pushing to a forge");
  }

  // ---- what is kept

  @Override
  public Captured capture(
      ProjectId project, Path workTree, CommitId parent, CommitText text, String hiddenRef) {
    bring(project, parent);
    Captured captured = here.capture(project, workTree, parent, text, hiddenRef);
    if (captured instanceof Captured.Changed) {
      send(project, hiddenRef);
    }
    return captured;
  }

  @Override
  public CommitId restate(
      ProjectId project, CommitId tree, CommitId parent, CommitText text, String hiddenRef) {
    bring(project, tree, parent);
    CommitId commit = here.restate(project, tree, parent, text, hiddenRef);
    send(project, hiddenRef);
    return commit;
  }

  @Override
  public void keep(ProjectId project, String ref, CommitId commit) {
    bring(project, commit);
    here.keep(project, ref, commit);
    send(project, ref);
  }

  /**
   * Kept here in any case: whoever rescues may hold no lease any more, in whose name it could be
   * pushed, and must not wait for a server that is away.
   */
  @Override
  public Optional<CommitId> rescue(
      ProjectId project, Path workTree, CommitId parent, String ref, Instant at) {
    Optional<CommitId> rescued = here.rescue(project, workTree, parent, ref, at);
    if (rescued.isPresent()) {
      var _ = exchangeOnce(project, PUSH, ref + ":" + ref);
    }
    return rescued;
  }

  @Override
  public Optional<CommitId> kept(ProjectId project, String ref) {
    makeMirror(project);
    Optional<CommitId> known = here.kept(project, ref);
    return known.isPresent() || exchangeOnce(project, FETCH, "+" + ref + ":" + ref).exit() != 0
        ? known
        : here.kept(project, ref);
  }

  // ---- what is read

  @Override
  public void checkOut(ProjectId project, CommitId commit, Path folder) {
    bring(project, commit);
    here.checkOut(project, commit, folder);
  }

  @Override
  public Path objects(ProjectId project) {
    makeMirror(project);
    return here.objects(project);
  }

  @Override
  public boolean signs() {
    return here.signs();
  }

  @Override
  public List<Logged> log(ProjectId project, CommitId base, CommitId tip) {
    bring(project, base, tip);
    return here.log(project, base, tip);
  }

  @Override
  public List<CommitId> landed(ProjectId project, CommitId base, CommitId tip, CommitId branch) {
    bring(project, base, tip, branch);
    return here.landed(project, base, tip, branch);
  }

  @Override
  public List<FileChange> changes(ProjectId project, CommitId from, CommitId to) {
    bring(project, from, to);
    return here.changes(project, from, to);
  }

  @Override
  public List<String> paths(ProjectId project, CommitId commit) {
    bring(project, commit);
    return here.paths(project, commit);
  }

  @Override
  public SourceTree sources(ProjectId project, CommitId commit) {
    bring(project, commit);
    return here.sources(project, commit);
  }

  @Override
  public Inventory inventory(ProjectId project, CommitId commit) {
    bring(project, commit);
    return here.inventory(project, commit);
  }

  @Override
  public <T> T look(ProjectId project, CommitId commit, Function<Path, T> at) {
    bring(project, commit);
    return here.look(project, commit, at);
  }

  @Override
  public Optional<byte[]> content(ProjectId project, CommitId commit, String path, int maxBytes) {
    bring(project, commit);
    return here.content(project, commit, path, maxBytes);
  }

  @Override
  public CommitId overlay(
      ProjectId project, CommitId commit, CommitId other, Collection<String> paths) {
    bring(project, commit, other);
    return here.overlay(project, commit, other, paths);
  }

  @Override
  public String diff(ProjectId project, CommitId from, CommitId to, long maxBytes) {
    bring(project, from, to);
    return here.diff(project, from, to, maxBytes);
  }

  @Override
  public String tree(ProjectId project, CommitId commit) {
    bring(project, commit);
    return here.tree(project, commit);
  }

  // ---- folders of this machine

  @Override
  public void discard(Path folder) {
    here.discard(folder);
  }

  @Override
  public void clearUnfinished() {
    here.clearUnfinished();
  }

  @Override
  public void close() {
    here.close();
  }
}
