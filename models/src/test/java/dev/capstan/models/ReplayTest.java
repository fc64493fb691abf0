package dev.capstan.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.records.Origin;
import dev.capstan.models.wire.Protocol;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.Turn;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was recorded can be heard again, and nothing else is. */
class ReplayTest {
  private static final String REPLAYED = "replay: r-0";

  private static ModelRequest asks(Protocol protocol, String prompt) {
    String model =
        switch (protocol) {
          case RESPONSES, CHAT_COMPLETIONS -> "o-large";
          case MESSAGES -> "a-large";
          case GEMINI -> "g-large";
        };
    return Agent.asks(protocol, model, prompt, true);
  }

  private static ModelRequest afresh(String prompt) {
    ModelRequest request = asks(Protocol.MESSAGES, prompt);
    return new ModelRequest(
        "POST", request.path(), "", Map.of("cache-control", "no-cache"), request.body());
  }

  @ParameterizedTest
  @EnumSource
  void a_recorded_call_is_answered_as_it_was_and_no_provider_is_asked(Protocol protocol) {
    Heard first;
    List<String> recordings;
    try (Desk desk = new Desk(Script.of(Turn.says("Hello")))) {
      first = desk.ask(asks(protocol, "Hi"));
      recordings = desk.recordings();
    }
    try (Desk desk = new Desk(Script.of(), REPLAYED).recorded(recordings).shut()) {
      Heard again = desk.ask(asks(protocol, "Hi"));
      assertThat(again.text()).isEqualTo(first.text());
      assertThat(desk.call().origin()).isEqualTo(Origin.RECORDING);
      assertThat(desk.call().microDollars()).isEqualTo(OptionalLong.of(0));
      assertThat(desk.provider().seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_not_recorded_did_not_run(Protocol protocol) {
    try (Desk desk = new Desk(Script.of(Turn.says("Never")), REPLAYED)) {
      Heard heard = desk.ask(asks(protocol, "Hi"));
      assertThat(heard.status()).isEqualTo(422);
      assertThat(heard.text())
          .contains("no_recording", "did not run", "r-0", desk.call().promptHash());
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.REFUSED);
      assertThat(desk.provider().seen()).isEmpty();
    }
  }

  @Test
  void the_same_question_is_answered_each_time_as_it_was_that_time() {
    List<String> recordings;
    try (Desk desk = new Desk(Script.of(Turn.says("One"), Turn.says("Two")))) {
      desk.ask(afresh("Hi"));
      desk.ask(afresh("Hi"));
      recordings = desk.recordings();
    }
    try (Desk desk = new Desk(Script.of(), REPLAYED).recorded(recordings)) {
      assertThat(desk.ask(afresh("Hi")).text()).contains("One");
      assertThat(desk.ask(afresh("Hi")).text()).contains("Two");
      assertThat(desk.ask(afresh("Hi")).text()).contains("Two");
    }
  }

  @Test
  void a_call_that_was_asked_to_wrap_up_is_found_although_nobody_asks_for_it_now() {
    List<String> recordings;
    try (Desk desk = new Desk(Script.of(Turn.says("Yes").expecting("nearly spent"))).low()) {
      desk.ask(asks(Protocol.MESSAGES, "Hi"));
      recordings = desk.recordings();
    }
    try (Desk desk = new Desk(Script.of(), REPLAYED).recorded(recordings)) {
      assertThat(desk.ask(asks(Protocol.MESSAGES, "Hi")).text()).contains("Yes");
    }
  }

  @Test
  void no_key_of_a_provider_is_needed() {
    assertThat(
            dev.capstan.models.catalog.ModelCatalog.parse(
                    "models.yaml",
                    """
                    providers: {a: {kind: anthropic, baseUrl: "http://x", keyVariable: KEY}}
                    replay: r-0
                    """,
                    Map.of())
                .replay())
        .contains("r-0");
  }
}
