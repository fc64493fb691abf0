package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Submission.Sources;
import dev.capstan.verification.dependencies.Dependency;
import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import dev.capstan.verification.dependencies.Licence;
import dev.capstan.verification.dependencies.Manifests;
import dev.capstan.verification.dependencies.Risk;
import dev.capstan.verification.dependencies.UnreadableManifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * Whether what the project newly depends on was released, can be built again, and is allowed. What
 * an honest change may want as well, such as a pre-release, is a question for a person, unless
 * policy requires this check.
 */
final class DependenciesCheck {
  private static final int MOST_OWN = 2_000;

  private final Submission submission;
  private final Licences licences;
  private final List<String> forbidden;
  private final List<String> manifests;
  private final List<String> unreadable = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private Optional<Set<String>> own = Optional.empty();

  private DependenciesCheck(Submission submission, Licences licences) {
    this.submission = submission;
    this.licences = licences;
    this.forbidden = submission.expectations().rules().forbiddenLicences();
    this.manifests =
        submission.changes().stream()
            .map(Submission.Changed::path)
            .filter(Manifests::isOne)
            .toList();
  }

  /**
   * What was found.
   *
   * @param questions for a person, which the judge asks
   */
  record Result(Finding finding, List<String> questions) {
    Result {
      questions = List.copyOf(questions);
    }

    /** The finding of the check that every gate requires, with the questions. */
    Finding asked(Finding judge) {
      Check check = judge.check();
      if (questions.isEmpty() || check.verdict() == Verdict.FAIL) {
        return judge;
      }
      String reason = check.reason() + "; for a person to decide: " + Sentences.some(questions);
      return new Finding(
          new Check(check.name(), Verdict.NOT_COMPARABLE, reason), judge.violations());
    }
  }

  static Result of(Submission submission, Licences licences) {
    DependenciesCheck check = new DependenciesCheck(submission, licences);
    Finding finding = check.judge();
    return new Result(finding, check.questions);
  }

  private Finding judge() {
    if (manifests.isEmpty()) {
      return finding(Verdict.PASS, "no dependency changed");
    }
    Set<Dependency> now = read(submission.now());
    if (!unreadable.isEmpty()) {
      return finding(Verdict.DID_NOT_RUN, Sentences.some(unreadable));
    }
    Set<Dependency> before = read(submission.before());
    if (!unreadable.isEmpty()) {
      return finding(Verdict.NOT_COMPARABLE, "before: " + Sentences.some(unreadable));
    }
    Set<Dependency> brought = without(now, before);
    brought.forEach(this::judge);
    return conclude(differences(before, now, brought));
  }

  private Finding conclude(String differences) {
    if (!violations.isEmpty()) {
      String subjects = Sentences.some(violations.stream().map(Violation::subject).toList());
      return finding(Verdict.FAIL, differences + "; not allowed: " + subjects);
    }
    if (!questions.isEmpty()) {
      return finding(
          Verdict.NOT_COMPARABLE, differences + "; for a person: " + Sentences.some(questions));
    }
    return unknown.isEmpty()
        ? finding(Verdict.PASS, differences)
        : finding(
            Verdict.NOT_COMPARABLE,
            differences + "; the licence is not known of " + Sentences.some(unknown));
  }

  private void judge(Dependency dependency) {
    Risk.of(dependency).filter(_ -> !isOwn(dependency)).ifPresent(risk -> tell(dependency, risk));
    if (forbidden.isEmpty() || isOwn(dependency)) {
      return;
    }
    Optional<String> licence = licences.of(dependency);
    if (licence.isEmpty()) {
      unknown.add(dependency.name());
    } else if (Licence.isForbidden(licence.get(), forbidden)) {
      String detail = "its licence is " + licence.get() + "; policy forbids it";
      violations.add(new Violation(Category.LICENCE, dependency.toString(), detail));
    }
  }

  private void tell(Dependency dependency, Risk risk) {
    boolean strict = submission.expectations().required().contains(CheckName.DEPENDENCIES);
    if (risk.open() && !strict) {
      questions.add(dependency + " " + risk.words());
    } else {
      violations.add(new Violation(Category.DEPENDENCY, dependency.toString(), risk.words()));
    }
  }

  /** Modules of the same repository depend on each other as they like. */
  private boolean isOwn(Dependency dependency) {
    return dependency.ecosystem() == Ecosystem.MAVEN && own().contains(dependency.name());
  }

  private Set<String> own() {
    if (own.isEmpty()) {
      own =
          Optional.of(
              submission.before().paths().stream()
                  .filter(path -> path.equals("pom.xml") || path.endsWith("/pom.xml"))
                  .limit(MOST_OWN)
                  .flatMap(path -> ownName(path).stream())
                  .collect(Collectors.toSet()));
    }
    return own.get();
  }

  private Optional<String> ownName(String path) {
    return submission.before().text(path).flatMap(text -> Manifests.ownName(path, text));
  }

  private Set<Dependency> read(Sources files) {
    Set<Dependency> all = new LinkedHashSet<>();
    for (String path : manifests) {
      try {
        all.addAll(Manifests.read(path, files.largeText(path).orElse("")));
      } catch (UnreadableManifest e) {
        unreadable.add(path + ": " + e.getMessage());
      }
    }
    return all;
  }

  private static String differences(
      Set<Dependency> before, Set<Dependency> now, Set<Dependency> brought) {
    Set<String> known = names(before);
    Set<String> still = names(now);
    StringJoiner text = new StringJoiner("; ");
    add(text, "added", brought.stream().filter(d -> !known.contains(d.name())).toList());
    add(text, "changed", brought.stream().filter(d -> known.contains(d.name())).toList());
    add(text, "removed", before.stream().filter(d -> !still.contains(d.name())).toList());
    return text.length() == 0 ? "no dependency changed" : text.toString();
  }

  private static void add(StringJoiner text, String what, List<Dependency> dependencies) {
    if (!dependencies.isEmpty()) {
      List<String> names = dependencies.stream().map(Dependency::toString).toList();
      text.add("%d %s: %s".formatted(names.size(), what, Sentences.some(names)));
    }
  }

  private static Set<String> names(Set<Dependency> dependencies) {
    return dependencies.stream().map(Dependency::name).collect(Collectors.toSet());
  }

  private static Set<Dependency> without(Set<Dependency> all, Set<Dependency> known) {
    Set<Dependency> rest = new LinkedHashSet<>(all);
    rest.removeAll(known);
    return rest;
  }

  private Finding finding(Verdict verdict, String reason) {
    return new Finding(new Check(CheckName.DEPENDENCIES, verdict, reason), violations);
  }
}
