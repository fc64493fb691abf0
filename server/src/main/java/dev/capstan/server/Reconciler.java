package dev.capstan.server;

import dev.capstan.control.records.Outbox.Intended;
import dev.capstan.sandbox.ControlGroups;
import dev.capstan.sandbox.Leftovers;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.forge.Forge.Opened;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up after a crash, before anything new begins: processes that outlived it are ended, what
 * lay in abandoned folders is kept under rescue refs, and effects outside that were made but not
 * recorded are found and recorded.
 */
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final Workshop workshop;
  private final ControlGroups groups;
  private final String installation;

  Reconciler(Workshop workshop, ControlGroups groups, String installation) {
    this.workshop = workshop;
    this.groups = groups;
    this.installation = installation;
  }

  void reconcile() {
    endProcesses();
    clearFolders();
    settleEffects();
  }

  private void endProcesses() {
    List<Leftovers.Leftover> ended = new Leftovers(installation).kill(_ -> true);
    if (!ended.isEmpty()) {
      LOG.info("ended {} processes that an earlier server had left: {}", ended.size(), ended);
    }
    groups.removeLeftovers(installation);
  }

  private void clearFolders() {
    try {
      List<String> rescued = workshop.folders().clear();
      rescued.forEach(name -> LOG.info("kept unfinished work as refs/capstan/rescue/{}", name));
      workshop.git().clearUnfinished();
      workshop.store().clearUnfinished();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot clear the work folders of an earlier server", failure);
    }
  }

  /**
   * A push is settled by pushing again, which finds what is there; so only pull requests are looked
   * up here.
   */
  private void settleEffects() {
    for (Intended effect : workshop.outbox().open()) {
      if (effect.kind().equals("pull-request")) {
        find(effect).ifPresent(opened -> workshop.outbox().done(effect.key(), opened.url()));
      }
    }
  }

  private Optional<Opened> find(Intended effect) {
    return workshop
        .runs()
        .find(effect.run())
        .flatMap(found -> workshop.forge().find(found.run().brief().project(), effect.key()));
  }
}
