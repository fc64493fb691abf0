package dev.capstan.server;

import dev.capstan.control.records.Outbox.Intended;
import dev.capstan.postgres.records.PostgresBudgets;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.forge.Forge.Opened;
import java.util.Optional;

/**
 * Finds effects outside that were made but not recorded, because whoever made them died in between,
 * and records them. To do so twice, or beside whoever makes one, changes nothing.
 */
final class OpenEffects {
  private final Workshop workshop;
  private final PostgresBudgets budgets;

  OpenEffects(Workshop workshop, PostgresBudgets budgets) {
    this.workshop = workshop;
    this.budgets = budgets;
  }

  /**
   * A push is settled by pushing again, which finds what is there; so only pull requests are looked
   * up here, and calls of models whose end nobody has heard.
   *
   * @return how many were settled
   */
  int settle() {
    return pullRequests() + budgets.settleAbandoned();
  }

  private int pullRequests() {
    int settled = 0;
    for (Intended effect : workshop.outbox().open()) {
      if (effect.kind().equals("pull-request")) {
        Optional<Opened> made = find(effect);
        made.ifPresent(opened -> workshop.outbox().done(effect.key(), opened.url()));
        settled += made.isPresent() ? 1 : 0;
      }
    }
    return settled;
  }

  private Optional<Opened> find(Intended effect) {
    return workshop
        .runs()
        .find(effect.run())
        .flatMap(found -> workshop.forge().find(found.run().brief().project(), effect.key()));
  }
}
