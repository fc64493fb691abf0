package dev.capstan.models.spending;

import dev.capstan.core.Amount;
import dev.capstan.core.account.AccountId;
import dev.capstan.core.account.AccountRefusal;
import dev.capstan.core.account.Cost;
import dev.capstan.core.account.ReservationKey;
import dev.capstan.models.records.Asker;

/**
 * The port to what may be spent. A reservation holds in every account that pays for the asker (its
 * step, run, project, month), or in none.
 */
public interface Budgets {
  /** Before a call. The same key again is answered the same. */
  Answer reserve(Asker asker, ReservationKey key, Amount estimate);

  /** After it. */
  void settle(Asker asker, ReservationKey key, Cost cost);

  /** It cost nothing. */
  void release(Asker asker, ReservationKey key);

  /** What became of a reservation. */
  sealed interface Answer {
    /** It holds. */
    record Granted() implements Answer {}

    /**
     * It holds, and a soft limit is reached, so that work is to be wrapped up.
     *
     * @param left what may still be reserved
     */
    record GrantedLow(Amount left) implements Answer {}

    /** An account has no room. */
    record Refused(AccountId account, AccountRefusal refusal) implements Answer {}
  }
}
