package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.evidence.Response;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Pack;
import dev.capstan.core.policy.Policy;
import dev.capstan.core.policy.Setting;
import dev.capstan.core.policy.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies are written by strangers: what is not understood is refused with its line. */
final class PolicyFileTest {
  @Test
  void a_repository_without_a_policy_asks_for_nothing() {
    assertThat(PolicyFile.repository("").values()).isEmpty();
    assertThat(PolicyFile.repository("toolchain: {}").values()).isEmpty();
  }

  @Test
  void every_shape_of_value_is_read() {
    Layer layer =
        PolicyFile.repository(
            """
            policy:
              requiredChecks: [changedLines, secrets]
              minimumTests: 5
              coverageDrop: 0.25
              leastConfidence: 0.9
              protectedPaths: ["db/**"]
              engines: [command]
              approval: always
              onFailure: {secret: block, lint: "ignore: it goes", otherwise: retry}
            """);
    assertThat(layer.values())
        .containsOnly(
            Map.entry(
                Setting.REQUIRED_CHECKS, new Value.Names(List.of("CHANGED_LINES", "SECRETS"))),
            Map.entry(Setting.MINIMUM_TESTS, new Value.Quantity(5)),
            Map.entry(Setting.COVERAGE_DROP, new Value.Quantity(25)),
            Map.entry(Setting.LEAST_CONFIDENCE, new Value.Quantity(90)),
            Map.entry(Setting.PROTECTED_PATHS, new Value.Names(List.of("db/**"))),
            Map.entry(Setting.ENGINES, new Value.Names(List.of("command"))),
            Map.entry(Setting.APPROVAL, new Value.Word("always")),
            Map.entry(
                Setting.ON_FAILURE,
                new Value.Actions(
                    new TreeMap<>(
                        Map.of(
                            "secret", new Response.Block(),
                            "lint", new Response.Ignore("it goes"),
                            "otherwise", new Response.Retry())))));
  }

  @Test
  void a_pack_starts_from_the_one_it_extends() {
    Pack pack =
        PolicyFile.pack("team", "version: 3\nsummary: Ours\nextends: strict\nattempts: 1\n");
    Policy policy = Policy.of(pack);
    assertThat(policy.pack()).isEqualTo("team");
    assertThat(policy.version()).isEqualTo(3);
    assertThat(policy.attempts()).isEqualTo(1);
    assertThat(policy.entries().get(Setting.LEAST_CONFIDENCE))
        .isEqualTo(new Policy.Entry(new Value.Quantity(85), "pack team version 3", List.of()));
  }

  @Test
  void a_mistake_is_told_with_its_line() {
    assertThatThrownBy(() -> PolicyFile.repository("policy:\n  attempts: 2\n  approval: never\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".capstan/config.yaml, line 3: policy/approval must be one of");
  }

  @Test
  void a_mistake_in_a_pack_is_told_with_its_line() {
    assertThatThrownBy(() -> PolicyFile.pack("team", "version: 1\nattempts: 0\n"))
        .hasMessageContaining("team.yaml, line 2: attempts must be a whole number from 1 to 100");
    assertThatThrownBy(() -> PolicyFile.pack("team", "[]")).hasMessageContaining("must be a map");
    assertThatThrownBy(() -> PolicyFile.pack("team", "attempts: 1"))
        .hasMessageContaining("version");
    assertThatThrownBy(() -> PolicyFile.pack("team", "version: 1\nextends: other"))
        .hasMessageContaining("extends must be one of [relaxed, standard, strict, regulated]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy: []",
        "policy: {unknown: 1}",
        "policy: {attempts: 0}",
        "policy: {attempts: many}",
        "policy: {leastConfidence: 1.01}",
        "policy: {leastConfidence: -0.5}",
        "policy: {coverageDrop: 1e9}",
        "policy: {coverageDrop: 0.001}",
        "policy: {requiredChecks: [everything]}",
        "policy: {onFailure: {testFailed: \"ignore: we know\"}}",
        "policy: {onFailure: {lint: \"ignore: \"}}",
        "policy: {onFailure: {moon: block}}",
        "policy: {onFailure: block}",
        "policy: &a {engines: *a}",
        "policy: {protectedPaths: x}",
      })
  void what_is_not_understood_is_refused(String text) {
    assertThatThrownBy(() -> PolicyFile.repository(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
