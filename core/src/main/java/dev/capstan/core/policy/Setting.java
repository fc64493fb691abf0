package dev.capstan.core.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a policy can set. */
public enum Setting {
  REQUIRED_CHECKS("requiredChecks", new Shape.Checks(true), "checks that must pass"),
  LEFT_OUT("leftOut", new Shape.Checks(false), "checks that are not made; the record says so"),
  MINIMUM_TESTS(
      "minimumTests", new Shape.Whole(0, 1_000_000, true), "test cases that must be executed"),
  COVERAGE_DROP(
      "coverageDrop",
      new Shape.Hundredths(10_000, false),
      "percentage points by which line coverage may drop"),
  CHANGED_LINES_COVERED(
      "changedLinesCovered",
      new Shape.Hundredths(10_000, true),
      "percent of the changed lines that tests must execute"),
  LEAST_CONFIDENCE(
      "leastConfidence",
      new Shape.Hundredths(100, true),
      "confidence below which a person is asked; 0 never asks"),
  PROTECTED_PATHS("protectedPaths", new Shape.Texts(), "files that no step may change"),
  FORBIDDEN_LICENCES(
      "forbiddenLicences", new Shape.Texts(), "SPDX identifiers that no new dependency may have"),
  ENGINES("engines", new Shape.Allowed(), "engines that may be used"),
  APPROVAL(
      "approval",
      new Shape.OneOf(List.of("whenUnsettled", "always")),
      "when a person opens the gate of a step"),
  PLAN_APPROVAL(
      "planApproval",
      new Shape.OneOf(List.of("automatic", "person")),
      "who opens the way from plan to work"),
  ATTEMPTS(
      "attempts", new Shape.Whole(1, 100, false), "most tries of a step with each of its engines"),
  CHANGED_FILES(
      "changedFiles",
      new Shape.Whole(1, Integer.MAX_VALUE, false),
      "most files that a pull request changes"),
  CHANGED_LINES(
      "changedLines",
      new Shape.Whole(1, Integer.MAX_VALUE, false),
      "most lines that a pull request adds and deletes"),
  PULL_REQUEST_LINES(
      "pullRequestLines",
      new Shape.UpTo(1_000_000),
      "changed lines above which a run is delivered as a stack of pull requests; 0 never splits"),
  ON_CI_FAILURE(
      "onCiFailure",
      new Shape.OneOf(List.of("fix", "report")),
      "what follows when CI fails on what was delivered"),
  ON_FAILURE("onFailure", new Shape.Actions(), "what follows a failed check or a violation");

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // every shape is a record of what never changes
  private final Shape shape;

  private final String meaning;

  Setting(String key, Shape shape, String meaning) {
    this.key = key;
    this.shape = shape;
    this.meaning = meaning;
  }

  /** As people write it. */
  public String key() {
    return key;
  }

  public Shape shape() {
    return shape;
  }

  /** For people. */
  public String meaning() {
    return meaning;
  }

  public static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
  }
}
