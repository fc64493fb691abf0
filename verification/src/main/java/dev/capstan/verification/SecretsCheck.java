package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Sources;
import dev.capstan.verification.secrets.Leak;
import dev.capstan.verification.secrets.SecretNames;
import dev.capstan.verification.secrets.SecretScan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the change brings a secret: one that stands in a changed file and in none of them before.
 */
final class SecretsCheck {
  /** Fingerprints of secrets that are none, one in each line. */
  static final String ALLOWED = ".capstan/secrets.allow";

  private final List<Changed> changes;
  private final Sources before;
  private final Sources now;
  private final SecretScan scan = new SecretScan();
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private Optional<Set<String>> known = Optional.empty();

  private SecretsCheck(List<Changed> changes, Sources before, Sources now) {
    this.changes = changes;
    this.before = before;
    this.now = now;
  }

  static Finding of(List<Changed> changes, Sources before, Sources now) {
    return new SecretsCheck(changes, before, now).judge();
  }

  private Finding judge() {
    changes.forEach(this::scan);
    if (!violations.isEmpty()) {
      return finding(
          Verdict.FAIL,
          "%s in what the change brings: %s"
              .formatted(
                  Sentences.many(violations.size(), "secret"),
                  Sentences.some(violations.stream().map(Violation::subject).toList())));
    }
    if (!scan.isWhole()) {
      return finding(Verdict.DID_NOT_RUN, "the change holds more text than is scanned");
    }
    String figure = Sentences.many(changes.size(), "changed path") + ", no secret";
    return unread.isEmpty()
        ? finding(Verdict.PASS, figure)
        : finding(
            Verdict.DID_NOT_RUN, figure + "; too large to be read: " + Sentences.some(unread));
  }

  private void scan(Changed change) {
    switch (change.kind()) {
      case DELETED, SUBMODULE -> {}
      case LINK -> scanName(change.path());
      case ADDED, MODIFIED -> {
        scanNames(change);
        Optional<String> text = now.largeText(change.path());
        if (text.isEmpty()) {
          unread.add(change.path());
        }
        text.ifPresent(content -> scanFile(change.path(), content));
      }
    }
  }

  private void scanNames(Changed change) {
    scanName(change.path());
    if (change.kind() == Changed.Kind.ADDED && SecretNames.keepSecrets(change.path())) {
      add(change.path(), "a file of this name keeps secrets");
    }
  }

  private void scanFile(String path, String text) {
    for (Leak leak : scan.scan(text)) {
      report(leak, path + ":" + leak.line());
    }
  }

  private void scanName(String path) {
    scan.scan(path).forEach(leak -> report(leak, path));
  }

  private void report(Leak leak, String subject) {
    if (!known().contains(leak.fingerprint())) {
      String way = leak.way().isEmpty() ? "" : ", " + leak.way();
      add(
          subject,
          "%s%s: %s; fingerprint %s".formatted(leak.rule(), way, leak.shown(), leak.fingerprint()));
    }
  }

  private void add(String subject, String detail) {
    violations.add(new Violation(Category.SECRET, subject, detail));
  }

  /** What is allowed, and what stood in the changed files before: looked up only if needed. */
  private Set<String> known() {
    if (known.isEmpty()) {
      Set<String> fingerprints = new HashSet<>(allowed());
      for (Changed change : changes) {
        if (change.kind() != Changed.Kind.ADDED) {
          before
              .largeText(change.path())
              .ifPresent(text ->
                  new SecretScan()
                      .scan(text)
                      .forEach(leak -> fingerprints.add(leak.fingerprint())));
        }
      }
      known = Optional.of(fingerprints);
    }
    return known.get();
  }

  private Set<String> allowed() {
    return before.text(ALLOWED).stream()
        .flatMap(String::lines)
        .map(line -> line.split("#", 2)[0].strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toSet());
  }

  private Finding finding(Verdict verdict, String reason) {
    return new Finding(new Check(CheckName.SECRETS, verdict, reason), violations);
  }
}
