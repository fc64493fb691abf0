package dev.capstan.server.rest;

import dev.capstan.api.BudgetView;
import dev.capstan.api.BudgetView.Money;
import dev.capstan.api.ChangeBudget;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.core.Amount;
import dev.capstan.core.account.Account;
import dev.capstan.core.account.AccountDecision;
import dev.capstan.core.account.AccountId;
import dev.capstan.core.account.Book;
import dev.capstan.core.account.Limits;
import dev.capstan.models.spending.Accounts;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What may be spent on language models. It is the installation's money, so an admin's matter. */
@RestController
@RequestMapping("/api/v1/budgets")
public final class BudgetController {
  private static final int MOST = 1_000;

  private final Accounts accounts;
  private final Callers callers;

  public BudgetController(Accounts accounts, Callers callers) {
    this.accounts = accounts;
    this.callers = callers;
  }

  /** The accounts whose names begin so: step-, run-, project- or month-. */
  @Allowed(Scope.ADMIN)
  @GetMapping
  List<BudgetView> list(@RequestParam(defaultValue = "") String prefix) {
    requireInstallation();
    return accounts.list(prefix, MOST).stream().map(BudgetController::view).toList();
  }

  /** Changes the hard limit of an account, or adds to it; the soft one keeps its share. */
  @Allowed(Scope.ADMIN)
  @PostMapping("/{account}/limits")
  BudgetView change(@PathVariable String account, @RequestBody ChangeBudget change) {
    Bodies.complete(change);
    if (!seesAll()) {
      throw none(account);
    }
    AccountId id = id(account);
    Account.Known known = accounts.find(id).orElseThrow(() -> none(account));
    Limits limits = changed(known.book().limits(), change);
    if (accounts.limit(id, limits) instanceof AccountDecision.Refused(var refusal)) {
      throw ApiException.invalid(refusal.message());
    }
    return view(accounts.find(id).orElseThrow());
  }

  private void requireInstallation() {
    if (!seesAll()) {
      throw ApiException.forbidden("budgets are a matter of an admin of the installation");
    }
  }

  private boolean seesAll() {
    return callers.access() instanceof Access.Everything;
  }

  private static ApiException none(String account) {
    return ApiException.notFound("there is no budget " + account);
  }

  private static AccountId id(String account) {
    try {
      return new AccountId(account);
    } catch (IllegalArgumentException bad) {
      throw none(account);
    }
  }

  private static Limits changed(Limits limits, ChangeBudget change) {
    Amount hard = limits.hard();
    long tokens =
        change.tokens() < 0 ? hard.tokens() : change.tokens() + (change.more() ? hard.tokens() : 0);
    long money = hard.microDollars();
    if (!change.dollars().isEmpty()) {
      money =
          Dollars.parse(change.dollars())
                  .orElseThrow(() ->
                      ApiException.invalid(
                          "dollars is an amount such as 12.50, not \"" + change.dollars() + '"'))
              + (change.more() ? money : 0);
    }
    Amount changed = new Amount(tokens, money);
    return new Limits(
        share(limits.soft(), hard, changed), changed, share(limits.verification(), hard, changed));
  }

  /** As large a part of the new one as it was of the old one. */
  private static Amount share(Amount part, Amount before, Amount now) {
    return new Amount(
        share(part.tokens(), before.tokens(), now.tokens()),
        share(part.microDollars(), before.microDollars(), now.microDollars()));
  }

  private static long share(long part, long before, long now) {
    return before == 0 ? now : (long) Math.floor((double) part / before * now);
  }

  private static BudgetView view(Account.Known account) {
    Book book = account.book();
    return new BudgetView(
        book.id().value(),
        switch (account) {
          case Account.Open _ -> "open";
          case Account.Low _ -> "low";
          case Account.Shut _ -> "shut";
        },
        money(book.limits().soft()),
        money(book.limits().hard()),
        money(book.limits().verification()),
        money(book.total().spent()),
        money(book.total().reserved()),
        book.total().unknown());
  }

  private static Money money(Amount amount) {
    return new Money(amount.tokens(), Dollars.of(amount.microDollars()));
  }
}
