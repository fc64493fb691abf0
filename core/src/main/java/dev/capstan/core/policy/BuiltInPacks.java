package dev.capstan.core.policy;

import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Violation.Category;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The packs that every installation has, from the loosest to the strictest. */
public final class BuiltInPacks {
  /** The name of the one that holds where nothing else is said. */
  public static final String STANDARD = "standard";

  private BuiltInPacks() {}

  public static List<Pack> all() {
    return List.of(relaxed(), standard(), strict(), regulated());
  }

  private static Pack relaxed() {
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    values.put(Setting.COVERAGE_DROP, number(500));
    values.put(Setting.LEAST_CONFIDENCE, number(50));
    return new Pack(
        "relaxed", 1, "For prototypes: coverage may drop, and people are asked less.", values);
  }

  /** Every setting has a value here. */
  static Pack standard() {
    Expectations usual = Expectations.DEFAULT;
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    values.put(Setting.REQUIRED_CHECKS, checks(usual.required()));
    values.put(Setting.LEFT_OUT, checks(usual.rules().leftOut()));
    values.put(Setting.MINIMUM_TESTS, number(usual.minimumTests()));
    values.put(Setting.COVERAGE_DROP, number(usual.allowedCoverageDrop()));
    values.put(Setting.CHANGED_LINES_COVERED, number(usual.rules().changedLinesCovered()));
    values.put(Setting.LEAST_CONFIDENCE, number(usual.rules().leastConfidence()));
    values.put(Setting.PROTECTED_PATHS, new Value.Names(usual.rules().protectedPaths()));
    values.put(Setting.FORBIDDEN_LICENCES, new Value.Names(usual.rules().forbiddenLicences()));
    values.put(Setting.ENGINES, new Value.Names(List.of(Shape.Allowed.ANY)));
    values.put(Setting.APPROVAL, new Value.Word("whenUnsettled"));
    values.put(Setting.PLAN_APPROVAL, new Value.Word("automatic"));
    values.put(Setting.ATTEMPTS, number(10));
    values.put(Setting.CHANGED_FILES, number(Rules.Size.UNLIMITED.files()));
    values.put(Setting.CHANGED_LINES, number(Rules.Size.UNLIMITED.lines()));
    values.put(Setting.PULL_REQUEST_LINES, number(300));
    values.put(Setting.ON_CI_FAILURE, new Value.Word("report"));
    values.put(
        Setting.ON_FAILURE,
        new Value.Actions(new TreeMap<>(Map.of(Actions.OTHERWISE, new Response.Fix()))));
    return new Pack(STANDARD, 1, "What holds where nothing else is said.", values);
  }

  private static Pack strict() {
    return new Pack(
        "strict",
        1,
        "For what others depend on: tests for new lines, small changes.",
        strictValues());
  }

  private static Map<Setting, Value> strictValues() {
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    values.put(
        Setting.REQUIRED_CHECKS,
        standardAnd(
            CheckName.JUDGE,
            CheckName.COVERAGE,
            CheckName.CHANGED_LINES,
            CheckName.SECRETS,
            CheckName.DEPENDENCIES));
    values.put(Setting.COVERAGE_DROP, number(0));
    values.put(Setting.CHANGED_LINES_COVERED, number(8_000));
    values.put(Setting.LEAST_CONFIDENCE, number(85));
    values.put(
        Setting.PROTECTED_PATHS,
        new Value.Names(List.of(".capstan/**", ".github/**", ".gitlab-ci.yml", "LICENSE*")));
    values.put(Setting.ATTEMPTS, number(3));
    values.put(Setting.CHANGED_FILES, number(100));
    values.put(Setting.CHANGED_LINES, number(2_000));
    values.put(Setting.ON_FAILURE, blockingCheats());
    return values;
  }

  private static Pack regulated() {
    Map<Setting, Value> values = strictValues();
    values.put(Setting.REQUIRED_CHECKS, checks(EnumSet.allOf(CheckName.class)));
    values.put(Setting.LEAST_CONFIDENCE, number(90));
    values.put(
        Setting.FORBIDDEN_LICENCES,
        new Value.Names(
            List.of(
                "AGPL-3.0-only",
                "AGPL-3.0-or-later",
                "GPL-2.0-only",
                "GPL-2.0-or-later",
                "GPL-3.0-only",
                "GPL-3.0-or-later",
                "SSPL-1.0")));
    values.put(Setting.APPROVAL, new Value.Word("always"));
    values.put(Setting.PLAN_APPROVAL, new Value.Word("person"));
    values.put(Setting.ATTEMPTS, number(2));
    values.put(Setting.CHANGED_FILES, number(50));
    values.put(Setting.CHANGED_LINES, number(1_000));
    return new Pack(
        "regulated", 2, "For what is audited: every check, and a person at every gate.", values);
  }

  private static Value blockingCheats() {
    Map<String, Response> actions = new TreeMap<>();
    actions.put(Actions.OTHERWISE, new Response.Fix());
    for (Category category :
        List.of(
            Category.REPORT_FORGED,
            Category.PROTECTED_FILE,
            Category.SECRET,
            Category.HISTORY_REWRITTEN)) {
      actions.put(Actions.key(category), new Response.Block());
    }
    return new Value.Actions(new TreeMap<>(actions));
  }

  private static Value standardAnd(CheckName... more) {
    Set<CheckName> required = EnumSet.copyOf(Expectations.DEFAULT.required());
    required.addAll(List.of(more));
    return checks(required);
  }

  private static Value checks(Collection<CheckName> checks) {
    return new Value.Names(checks.stream().map(CheckName::name).toList());
  }

  private static Value number(int number) {
    return new Value.Quantity(number);
  }
}
