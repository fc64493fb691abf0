package dev.capstan.server.knowledge;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.View;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this server's indexes up to date when a branch has moved in the mirror, and makes up for
 * vectors when their store is back. It fetches nothing: runs, webhooks and the duty that looks
 * after projects do.
 */
public final class Refresh implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);

  private final Indexes indexes;
  private final GitStore git;
  private final InstantSource clock;
  private final Thread thread;

  private Refresh(Indexes indexes, GitStore git, InstantSource clock, Duration every) {
    this.indexes = indexes;
    this.git = git;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("capstan-refresh").unstarted(() -> repeat(every));
  }

  public static Refresh start(Indexes indexes, GitStore git, InstantSource clock, Duration every) {
    Refresh refresh = new Refresh(indexes, git, clock, every);
    refresh.thread.start();
    return refresh;
  }

  private void repeat(Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many indexes were begun to be brought up to date. */
  int look() {
    int begun = 0;
    for (ProjectId project : indexes.opened()) {
      try {
        begun += indexes.resume(project) ? 1 : look(project);
      } catch (GitFailure | IllegalStateException failure) {
        LOG.atInfo().setCause(failure).log("the index of {} is left as it is", project);
      }
    }
    return begun;
  }

  private int look(ProjectId project) {
    int begun = 0;
    for (View view : indexes.find(project).map(index -> index.views()).orElseThrow()) {
      boolean moves = !view.commit().isEmpty() && !view.commit().equals(view.name());
      if (moves) {
        CommitId now = git.resolve(project, view.name()).commit();
        if (!now.value().equals(view.commit()) && begin(project, view, now)) {
          begun++;
        }
      }
    }
    return begun;
  }

  private boolean begin(ProjectId project, View view, CommitId commit) {
    Wanted wanted = new Wanted(view.name(), commit.value(), clock.instant());
    return indexes.begin(project, wanted, () -> git.sources(project, commit)).isPresent();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
