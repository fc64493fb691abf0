package dev.capstan.server;

import dev.capstan.sandbox.ControlGroups;
import dev.capstan.sandbox.Leftovers;
import dev.capstan.worker.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up after a crash of this server, before anything new begins: processes that outlived it
 * are ended, what lay in abandoned folders is kept under hidden refs. What other servers use is
 * left alone.
 */
final class Reconciler {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

  private final Workshop workshop;
  private final ControlGroups groups;
  private final Identity identity;

  Reconciler(Workshop workshop, ControlGroups groups, Identity identity) {
    this.workshop = workshop;
    this.groups = groups;
    this.identity = identity;
  }

  void reconcile() {
    endProcesses();
    clearFolders();
  }

  private void endProcesses() {
    List<Leftovers.Leftover> ended = new Leftovers(identity.mark()).kill(_ -> true);
    if (!ended.isEmpty()) {
      LOG.info("ended {} processes that an earlier server had left: {}", ended.size(), ended);
    }
    groups.removeLeftovers(identity.mark());
  }

  private void clearFolders() {
    try {
      List<String> refs = workshop.folders().clear();
      refs.forEach(ref -> LOG.info("kept unfinished work as {}", ref));
      workshop.git().clearUnfinished();
      workshop.store().clearUnfinished();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot clear the work folders of an earlier server", failure);
    }
  }
}
