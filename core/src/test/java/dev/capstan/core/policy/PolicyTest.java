package dev.capstan.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Violation.Category;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whoever comes later may ask for more, and never for less. */
final class PolicyTest {
  private static final List<CheckName> CHECKS = List.of(CheckName.values());

  private static Pack pack(String name) {
    return BuiltInPacks.all().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static Layer repository(Setting setting, Value value) {
    return new Layer("repository", Map.of(setting, value));
  }

  private static Policy.Entry entry(Policy policy, Setting setting) {
    return Objects.requireNonNull(policy.entries().get(setting));
  }

  @Test
  void every_setting_has_a_value_under_every_pack() {
    for (Pack pack : BuiltInPacks.all()) {
      assertThat(Policy.of(pack).entries().keySet()).containsExactly(Setting.values());
    }
  }

  @Test
  void the_standard_pack_asks_what_a_plan_asks_anyway() {
    assertThat(Policy.of(pack("standard")).tighten(Expectations.DEFAULT))
        .isEqualTo(Expectations.DEFAULT);
  }

  @Test
  void a_value_of_the_pack_says_so() {
    assertThat(entry(Policy.of(pack("strict")), Setting.ATTEMPTS))
        .isEqualTo(new Policy.Entry(new Value.Quantity(3), "pack strict version 1", List.of()));
    assertThat(entry(Policy.of(pack("strict")), Setting.MINIMUM_TESTS).from())
        .isEqualTo("built-in");
  }

  @Test
  void a_repository_can_ask_for_more() {
    Policy policy =
        Policy.of(pack("standard"))
            .tightenedBy(repository(Setting.LEAST_CONFIDENCE, new Value.Quantity(95)));
    assertThat(entry(policy, Setting.LEAST_CONFIDENCE))
        .isEqualTo(new Policy.Entry(new Value.Quantity(95), "repository", List.of()));
  }

  @Test
  void a_repository_cannot_ask_for_less_and_it_is_told_that_it_tried() {
    Policy policy =
        Policy.of(pack("strict"))
            .tightenedBy(repository(Setting.COVERAGE_DROP, new Value.Quantity(500)));
    assertThat(entry(policy, Setting.COVERAGE_DROP))
        .isEqualTo(
            new Policy.Entry(
                new Value.Quantity(0), "pack strict version 1", List.of("repository")));
  }

  @Test
  void engines_of_two_lists_are_those_in_both() {
    Policy policy =
        Policy.of(pack("standard"))
            .tightenedBy(repository(Setting.ENGINES, new Value.Names(List.of("command", "recipe"))))
            .tightenedBy(repository(Setting.ENGINES, new Value.Names(List.of("agent", "command"))));
    assertThat(policy.allowsEngine("command")).isTrue();
    assertThat(policy.allowsEngine("recipe")).isFalse();
    assertThat(policy.allowsEngine("agent")).isFalse();
  }

  @Test
  void an_action_is_replaced_by_a_stricter_one_only() {
    Value asked =
        new Value.Actions(
            new TreeMap<>(
                Map.of(
                    "secret", new Response.Retry(),
                    "lint", new Response.Ignore("we do not care"),
                    "testFailed", new Response.Escalate())));
    Policy policy = Policy.of(pack("strict")).tightenedBy(repository(Setting.ON_FAILURE, asked));
    var responses = policy.tighten(Expectations.DEFAULT).rules().responses();
    assertThat(responses.toViolations())
        .containsEntry(Category.SECRET, new Response.Block())
        .containsEntry(Category.LINT, new Response.Fix())
        .containsEntry(Category.TEST_FAILED, new Response.Escalate());
  }

  @Test
  void a_broken_test_cannot_be_ignored_by_any_layer() {
    assertThatThrownBy(() ->
            repository(
                Setting.ON_FAILURE,
                new Value.Actions(
                    new TreeMap<>(Map.of("testFailed", new Response.Ignore("flaky"))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TEST_FAILED cannot be ignored");
  }

  @Test
  void zero_is_the_loosest_limit_of_a_pull_request() {
    Policy policy = Policy.of(pack("standard"));
    Policy never =
        policy.tightenedBy(repository(Setting.PULL_REQUEST_LINES, new Value.Quantity(0)));
    Policy small =
        policy.tightenedBy(repository(Setting.PULL_REQUEST_LINES, new Value.Quantity(50)));

    assertThat(policy.pullRequestLines()).isEqualTo(300);
    assertThat(never.pullRequestLines()).isEqualTo(300);
    assertThat(small.pullRequestLines()).isEqualTo(50);
    assertThat(Policy.NONE.pullRequestLines()).isZero();
  }

  @Test
  void a_policy_of_before_there_was_a_setting_is_tightened_from_what_is_built_in() {
    Map<Setting, Policy.Entry> entries = new EnumMap<>(Policy.of(pack("standard")).entries());
    entries.remove(Setting.PULL_REQUEST_LINES);
    Policy older = new Policy("standard", 1, entries);

    assertThat(older.pullRequestLines()).isZero();
    assertThat(
            older
                .tightenedBy(repository(Setting.PULL_REQUEST_LINES, new Value.Quantity(90)))
                .pullRequestLines())
        .isEqualTo(90);
  }

  @Property
  void tightening_twice_is_tightening_once(@ForAll("layers") Layer layer) {
    Policy once = Policy.of(pack("strict")).tightenedBy(layer);
    assertThat(values(once.tightenedBy(layer))).isEqualTo(values(once));
  }

  @Property
  void the_order_of_two_layers_does_not_matter(
      @ForAll("layers") Layer one, @ForAll("layers") Layer other) {
    Policy policy = Policy.of(pack("standard"));
    assertThat(values(policy.tightenedBy(one).tightenedBy(other)))
        .isEqualTo(values(policy.tightenedBy(other).tightenedBy(one)));
  }

  @Property
  void no_layer_loosens_what_a_step_must_keep_true(@ForAll("layers") Layer layer) {
    for (Pack pack : BuiltInPacks.all()) {
      Expectations before = Policy.of(pack).tighten(Expectations.DEFAULT);
      Expectations after = Policy.of(pack).tightenedBy(layer).tighten(Expectations.DEFAULT);
      assertThat(after.required()).containsAll(before.required());
      assertThat(after.minimumTests()).isGreaterThanOrEqualTo(before.minimumTests());
      assertThat(after.allowedCoverageDrop()).isLessThanOrEqualTo(before.allowedCoverageDrop());
      assertThat(after.approval()).isGreaterThanOrEqualTo(before.approval());
      assertThat(after.rules().leastConfidence())
          .isGreaterThanOrEqualTo(before.rules().leastConfidence());
      assertThat(after.rules().protectedPaths()).containsAll(before.rules().protectedPaths());
      assertThat(after.rules().leftOut()).isSubsetOf(before.rules().leftOut());
      assertThat(after.rules().largest().files())
          .isLessThanOrEqualTo(before.rules().largest().files());
    }
  }

  private static Map<Setting, Value> values(Policy policy) {
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    policy.entries().forEach((setting, entry) -> values.put(setting, entry.value()));
    return values;
  }

  @Provide
  Arbitrary<Layer> layers() {
    return Arbitraries.maps(Arbitraries.of(Setting.class), Arbitraries.integers().between(0, 100))
        .map(picked -> {
          Map<Setting, Value> values = new EnumMap<>(Setting.class);
          picked.forEach((setting, seed) -> values.put(setting, value(setting, seed)));
          return new Layer("layer", values);
        });
  }

  private static Value value(Setting setting, int seed) {
    List<String> names = List.of("a", "b", "c").subList(seed % 3, 3);
    return switch (setting.shape()) {
      case Shape.Whole(var least, _, _) -> new Value.Quantity(least + seed);
      case Shape.UpTo _ -> new Value.Quantity(seed % 50);
      case Shape.Hundredths _ -> new Value.Quantity(seed);
      case Shape.Checks _ ->
          new Value.Names(List.of(CHECKS.get(seed % 10).name(), CHECKS.get(seed / 11).name()));
      case Shape.Texts _ -> new Value.Names(names);
      case Shape.Allowed _ -> new Value.Names(seed % 4 == 0 ? List.of(Shape.Allowed.ANY) : names);
      case Shape.OneOf(var words) -> new Value.Word(words.get(seed % words.size()));
      case Shape.Actions _ -> actions(seed);
    };
  }

  private static Value actions(int seed) {
    List<Response> responses =
        List.of(
            new Response.Retry(),
            new Response.Fix(),
            new Response.Escalate(),
            new Response.Block());
    TreeMap<String, Response> actions = new TreeMap<>();
    actions.put("lint", responses.get(seed % 4));
    if (seed % 3 == 0) {
      actions.put(Actions.OTHERWISE, responses.get(seed / 5 % 4));
    }
    if (seed % 5 == 0) {
      actions.put("secret", responses.get(seed / 7 % 4));
    }
    return new Value.Actions(actions);
  }
}
