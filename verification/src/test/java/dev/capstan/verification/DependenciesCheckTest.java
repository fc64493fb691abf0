package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Changed.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a change makes a project depend on. */
final class DependenciesCheckTest {
  private static final Measurement NOTHING =
      new Measurement(
          new Measurement.Build.Built(0),
          List.of(),
          List.of(),
          new Measurement.Coverage.NotMeasured("none"),
          Duration.ZERO);
  private static final Rules RULES = new Rules(List.of(), 0, 80, List.of(), Set.of());
  private static final Licences LICENCES =
      dependency ->
          switch (dependency.name()) {
            case "free" -> Optional.of("MIT");
            case "copyleft" -> Optional.of("GNU GPL v3");
            default -> Optional.empty();
          };

  @Test
  void without_a_manifest_no_dependency_changed() {
    Finding finding = judge("", "", List.of(), "a.txt");
    assertThat(finding.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(finding.check().reason()).isEqualTo("no dependency changed");
  }

  @Test
  void what_changed_is_told() {
    Finding finding = judge(npm("a", "1.0.0", "b", "1.0.0"), npm("a", "1.1.0", "c", "2.0.0"));
    assertThat(finding.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(finding.check().reason())
        .isEqualTo("1 added: c 2.0.0; 1 changed: a 1.1.0; 1 removed: b 1.0.0");
  }

  @Test
  void a_dependency_that_nobody_released_fails_but_not_one_that_was_there() {
    Finding finding = judge(npm("a", "*"), npm("a", "*", "b", "user/repo"));
    assertThat(finding.check().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.violations())
        .extracting(Violation::category, Violation::subject)
        .containsExactly(tuple(Category.DEPENDENCY, "b user/repo"));
  }

  @Test
  void the_snapshot_of_a_module_of_the_same_repository_is_fine() {
    Files before = Files.of("pom.xml", module("a", ""), "b/pom.xml", module("b", ""));
    for (String name : List.of("b", "stranger")) {
      Files now = Files.of("pom.xml", module("a", snapshot(name)));
      assertThat(judge(before, now, List.of(), "pom.xml").check().verdict())
          .isEqualTo(name.equals("b") ? Verdict.PASS : Verdict.FAIL);
    }
  }

  private static String module(String name, String more) {
    return "<project><groupId>g</groupId><artifactId>%s</artifactId>%s</project>"
        .formatted(name, more);
  }

  private static String snapshot(String name) {
    return """
    <dependencies><dependency><groupId>g</groupId><artifactId>%s</artifactId>
    <version>1-SNAPSHOT</version></dependency></dependencies>
    """
        .formatted(name);
  }

  @Test
  void a_forbidden_licence_fails_and_an_unknown_one_is_not_comparable() {
    List<String> forbidden = List.of("GPL-3.0-only");
    assertThat(judge(npm(), npm("free", "1"), forbidden, "package.json").check().verdict())
        .isEqualTo(Verdict.PASS);
    assertThat(judge(npm(), npm("copyleft", "1"), forbidden, "package.json").violations())
        .extracting(Violation::category)
        .containsExactly(Category.LICENCE);
    Finding unknown = judge(npm(), npm("new", "1"), forbidden, "package.json");
    assertThat(unknown.check().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(unknown.check().reason()).endsWith("the licence is not known of new");
  }

  @Test
  void a_pre_release_or_an_unpinned_requirement_is_for_a_person() {
    for (Finding asked :
        List.of(
            judge(npm(), npm("a", "2.0.0-beta.1")),
            judge("", "flask\n", List.of(), "requirements.txt"))) {
      assertThat(asked.violations()).isEmpty();
      assertThat(asked.check().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    }
    Submission submission =
        submission(Files.of(), Files.of("requirements.txt", "flask\n"), RULES, "requirements.txt");

    Check judge =
        Judge.judge(declared(submission), Optional.empty(), Consulted.NOBODY.with(LICENCES))
            .checks()
            .stream()
            .filter(check -> check.name() == CheckName.JUDGE)
            .findFirst()
            .orElseThrow();

    assertThat(judge.verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
    assertThat(judge.reason()).endsWith("for a person to decide: flask * takes any version");
  }

  @Test
  void a_policy_that_requires_the_check_takes_no_pre_release() {
    Submission submission =
        submission(Files.of(), Files.of("requirements.txt", "flask\n"), RULES, "requirements.txt");
    Expectations usual = submission.expectations();
    Expectations strict =
        new Expectations(
            EnumSet.allOf(CheckName.class),
            usual.minimumTests(),
            usual.allowedCoverageDrop(),
            usual.mayChangeNothing(),
            usual.approval(),
            usual.judge(),
            usual.rules());

    assertThat(DependenciesCheck.of(with(submission, strict), LICENCES).finding().violations())
        .extracting(Violation::subject)
        .containsExactly("flask *");
  }

  private static Submission declared(Submission submission) {
    return with(submission, submission.expectations().withJudge(List.of("**")));
  }

  private static Submission with(Submission submission, Expectations expectations) {
    return new Submission(
        submission.base(),
        submission.after(),
        submission.changes(),
        submission.scope(),
        expectations,
        submission.before(),
        submission.now());
  }

  @Test
  void a_manifest_that_cannot_be_read_did_not_run() {
    assertThat(judge(npm(), "{").check().verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(judge("{", npm()).check().verdict()).isEqualTo(Verdict.NOT_COMPARABLE);
  }

  private static String npm(String... namesAndVersions) {
    List<String> entries =
        Stream.iterate(0, i -> i < namesAndVersions.length, i -> i + 2)
            .map(i -> "\"%s\": \"%s\"".formatted(namesAndVersions[i], namesAndVersions[i + 1]))
            .toList();
    return "{\"dependencies\": {" + String.join(", ", entries) + "}}";
  }

  private static Finding judge(String before, String now) {
    return judge(before, now, List.of(), "package.json");
  }

  private static Finding judge(String before, String now, List<String> forbidden, String path) {
    return judge(Files.of(path, before), Files.of(path, now), forbidden, path);
  }

  private static Finding judge(Files before, Files now, List<String> forbidden, String path) {
    Rules rules = new Rules(List.of(), 0, 80, forbidden, Set.of());
    return DependenciesCheck.of(submission(before, now, rules, path), LICENCES).finding();
  }

  private static Submission submission(Files before, Files now, Rules rules, String path) {
    return new Submission(
        NOTHING,
        NOTHING,
        List.of(new Changed(path, Kind.MODIFIED, false, false)),
        Scope.EVERYTHING,
        Expectations.DEFAULT.withRules(rules),
        before,
        now);
  }
}
