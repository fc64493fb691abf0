package dev.capstan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state with every command; what comes of it is {@code docs/states.md}. */
final class TotalityTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "states.md").normalize();

  @Test
  void every_state_of_a_run_is_walked() {
    Set<String> walked =
        StateExamples.runs().values().stream()
            .map(given -> StateWalk.kind(given.run()))
            .collect(Collectors.toSet());
    Set<String> all = names(Run.class);
    all.remove("Ended");
    all.addAll(names(Run.Outcome.class));
    assertThat(walked).isEqualTo(all);
  }

  @Test
  void a_run_is_walked_paused_and_blocked_in_every_stage() {
    Set<String> held =
        StateExamples.runs().values().stream()
            .map(given -> StateWalk.describe(given.run()))
            .collect(Collectors.toSet());
    for (String stage : names(Run.Active.class)) {
      assertThat(held).contains("Paused in " + stage, "Blocked in " + stage);
    }
  }

  @Test
  void every_state_of_a_step_is_walked() {
    assertThat(
            StateExamples.steps().values().stream()
                .map(given -> StateWalk.stepOf(given.run()))
                .collect(Collectors.toSet()))
        .isEqualTo(names(StepState.class));
  }

  @Test
  void every_state_of_the_branch_is_walked() {
    assertThat(
            StateExamples.lanes().values().stream()
                .map(given -> StateWalk.laneOf(given.run()))
                .collect(Collectors.toSet()))
        .isEqualTo(names(Lane.class));
  }

  @Test
  void an_example_is_in_the_state_that_it_is_named_after() {
    StateExamples.steps()
        .forEach((name, given) -> assertThat(name).startsWith(StateWalk.stepOf(given.run())));
    StateExamples.lanes()
        .forEach((name, given) -> assertThat(name).startsWith(StateWalk.laneOf(given.run())));
  }

  @Test
  void every_command_is_accepted_somewhere_and_then_has_events() {
    Set<String> accepted =
        StateWalk.walk().stream()
            .filter(pair -> !pair.events().isEmpty())
            .map(pair -> StateWalk.name(pair.given()))
            .collect(Collectors.toSet());
    assertThat(accepted).isEqualTo(names(RunCommand.class));
  }

  @Test
  void every_event_happens_somewhere() {
    Set<String> happened =
        StateWalk.walk().stream()
            .flatMap(pair -> pair.events().stream())
            .map(StateWalk::name)
            .collect(Collectors.toSet());
    assertThat(happened).isEqualTo(names(RunEvent.class));
  }

  @Test
  void every_refusal_is_given_somewhere_and_says_what_is_wrong() {
    Set<String> given =
        StateWalk.walk().stream()
            .filter(pair -> pair.decision() instanceof Decision.Refused)
            .map(pair -> ((Decision.Refused) pair.decision()).refusal())
            .peek(refusal -> assertThat(refusal.message()).isNotBlank())
            .map(StateWalk::name)
            .collect(Collectors.toSet());
    Set<String> all = names(Refusal.class);
    all.removeAll(Set.of("NoSuchStep", "ToldEnough"));
    assertThat(given).isEqualTo(all);
  }

  @Test
  void every_run_that_exists_and_has_not_ended_can_be_ended() {
    assertThat(StateWalk.walk())
        .filteredOn(StatesDocument::endsAnything)
        .filteredOn(pair -> pair.visited().getFirst() instanceof Run.Known)
        .filteredOn(pair -> !(pair.visited().getFirst() instanceof Run.Ended))
        .hasSizeGreaterThan(20)
        .allMatch(pair -> pair.events().size() == 1 && pair.next() instanceof Run.Ended);
  }

  @Test
  void a_run_that_has_not_ended_is_told_where_to_stop_unless_that_is_done() {
    assertThat(StateWalk.walk())
        .filteredOn(pair -> pair.command().equals("StopAfter"))
        .filteredOn(pair -> pair.visited().getFirst() instanceof Run.Known)
        .filteredOn(pair -> !(pair.visited().getFirst() instanceof Run.Ended))
        .hasSizeGreaterThan(20)
        .allMatch(pair ->
            pair.decision() instanceof Decision.Accepted
                || List.of("Completed", "Skipped")
                    .contains(StateWalk.stepOf(pair.visited().getFirst())));
  }

  @Test
  void a_run_that_was_started_and_has_not_ended_can_be_halted() {
    assertThat(StateWalk.walk())
        .filteredOn(pair -> pair.command().equals("Halt"))
        .filteredOn(pair -> {
          Run before = pair.visited().getFirst();
          return before instanceof Run.Active
              || before instanceof Run.Paused
              || before instanceof Run.Blocked;
        })
        .hasSizeGreaterThan(20)
        .allMatch(pair ->
            pair.events().size() == 1
                && (pair.next() instanceof Run.Paused || pair.next() instanceof Run.Blocked));
  }

  @Test
  void a_refused_command_leaves_the_run_as_it_was() {
    assertThat(StateWalk.walk())
        .filteredOn(pair -> pair.decision() instanceof Decision.Refused)
        .allMatch(pair -> pair.visited().size() == 1);
  }

  @Test
  void the_document_says_what_the_rules_say() throws IOException {
    String document = StatesDocument.render();
    if (Boolean.getBoolean("capstan.regenerate")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, document);
    }
    assertThat(DOCUMENT)
        .as("regenerate with: mvn -pl core verify -Dcapstan.regenerate=true, and review the diff")
        .hasContent(document);
    assertThat(document.lines()).hasSizeLessThan(280);
  }

  private static Set<String> names(Class<?> sealed) {
    return concrete(sealed).map(Class::getSimpleName).collect(Collectors.toSet());
  }

  private static Stream<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(TotalityTest::concrete).distinct()
        : Stream.of(type);
  }
}
