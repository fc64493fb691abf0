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
import dev.capstan.verification.secrets.ReportedSecret;
import dev.capstan.verification.secrets.SecretNames;
import dev.capstan.verification.secrets.SecretScan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the change brings a secret: one that stands in a changed file and in none of them before.
 */
final class SecretsCheck {
  private final List<Changed> changes;
  private final Sources before;
  private final Sources now;
  private final List<SecretsScan> scans;
  private final SecretScan scan = new SecretScan();
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();
  private Optional<Set<String>> known = Optional.empty();

  private SecretsCheck(
      List<Changed> changes, Sources before, Sources now, List<SecretsScan> scans) {
    this.changes = changes;
    this.before = before;
    this.now = now;
    this.scans = scans;
  }

  static Finding of(List<Changed> changes, Sources before, Sources now) {
    return of(changes, before, now, List.of());
  }

  /** The same with what other programs found. */
  static Finding of(List<Changed> changes, Sources before, Sources now, List<SecretsScan> scans) {
    return new SecretsCheck(changes, before, now, scans).judge();
  }

  private Finding judge() {
    changes.forEach(this::scan);
    scans.forEach(this::merge);
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
    Optional<SecretsScan> failed =
        scans.stream().filter(scan -> !scan.problem().isEmpty()).findFirst();
    if (failed.isPresent()) {
      return finding(
          Verdict.DID_NOT_RUN, failed.get().program() + " did not look: " + failed.get().problem());
    }
    String figure = Sentences.many(changes.size(), "changed path") + ", no secret" + seenBy();
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

  private String seenBy() {
    List<String> programs = scans.stream().map(SecretsScan::program).toList();
    return programs.isEmpty() ? "" : ", nor did " + String.join(" and ", programs) + " find one";
  }

  /** What was found already, in whole or in part, or stood there before, is not told again. */
  private void merge(SecretsScan scan) {
    for (ReportedSecret secret : scan.found()) {
      if (!told(secret) && !stoodBefore(secret.value())) {
        Leak leak = secret.leak();
        report(leak, secret.line() > 0 ? secret.file() + ":" + secret.line() : secret.file());
      }
    }
  }

  private boolean told(ReportedSecret secret) {
    String subject = secret.file() + ":" + secret.line();
    return violations.stream().anyMatch(one -> one.subject().equals(subject));
  }

  private boolean stoodBefore(String value) {
    return changes.stream()
        .filter(change -> change.kind() != Changed.Kind.ADDED)
        .anyMatch(
            change -> before.largeText(change.path()).filter(t -> t.contains(value)).isPresent());
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
      Set<String> fingerprints = new HashSet<>(StandingSecrets.allowed(before));
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

  private Finding finding(Verdict verdict, String reason) {
    return new Finding(new Check(CheckName.SECRETS, verdict, reason), violations);
  }
}
