package dev.capstan.models.spending;

import dev.capstan.core.account.Account;
import dev.capstan.core.account.AccountDecision;
import dev.capstan.core.account.AccountId;
import dev.capstan.core.account.Limits;
import java.util.List;
import java.util.Optional;

/** The port to accounts, for people. What they are handed has no entries, only its sums. */
public interface Accounts {
  Optional<Account.Known> find(AccountId id);

  /** Those whose id begins so, in order. */
  List<Account.Known> list(String prefix, int most);

  /** Other limits from now on. */
  AccountDecision limit(AccountId id, Limits limits);
}
