package dev.capstan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.core.Amount;
import dev.capstan.core.account.Cost;
import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.models.wire.Protocol;
import dev.capstan.testkit.model.Answer;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.Turn;
import dev.capstan.testkit.model.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayTest {
  private static final Usage USAGE = new Usage(1000, 200, 50, 0);

  private static String model(Protocol protocol) {
    return switch (protocol) {
      case RESPONSES, CHAT_COMPLETIONS -> "o-large";
      case MESSAGES -> "a-large";
      case GEMINI -> "g-large";
    };
  }

  private static ModelRequest streamed(Protocol protocol, String prompt) {
    return Agent.asks(protocol, model(protocol), prompt, true);
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_is_passed_on_and_what_it_took_is_what_was_served(Protocol protocol) {
    Script script =
        Script.of(
            Turn.says("Hello there, this is an answer.").costing(USAGE).expecting("Say hello"));
    try (Desk desk = new Desk(script)) {
      Heard heard = desk.ask(streamed(protocol, "Say hello"));

      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.ended()).isTrue();
      assertThat(heard.text()).contains("Hello there", "answer.");
      assertThat(desk.provider().unmet()).isEmpty();
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.ANSWERED);
      assertThat(desk.call().usage())
          .contains(new dev.capstan.models.wire.Usage(1000, 200, 0, 50, 0));
      // 800 at 2, 200 at 0.5, 50 at 8 dollars for a million
      assertThat(desk.call().microDollars()).isEqualTo(OptionalLong.of(2100));
      assertThat(desk.settled().values()).containsExactly(new Cost.Known(new Amount(1050, 2100)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_that_is_no_stream_is_metered_too(Protocol protocol) {
    try (Desk desk = new Desk(Script.of(Turn.says("Hello").costing(USAGE)))) {
      Heard heard = desk.ask(Agent.asks(protocol, model(protocol), "Say hello", false));
      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.text()).contains("Hello");
      assertThat(desk.call().usage().orElseThrow().total()).isEqualTo(1050);
    }
  }

  @Test
  void the_provider_gets_its_own_key_and_its_own_name_of_the_model() {
    try (Desk desk = new Desk(Script.of(Turn.says("Hello")))) {
      desk.ask(Agent.asks(Protocol.CHAT_COMPLETIONS, "gpt-whatever", "Hi", true));
      assertThat(desk.provider().seen())
          .singleElement()
          .satisfies(seen -> {
            assertThat(seen.body()).contains("\"model\":\"o-real\"", "include_usage");
            assertThat(seen.headers()).containsKey("authorization");
          });
      assertThat(desk.call().asked()).isEqualTo("gpt-whatever");
      assertThat(desk.call().used()).isEqualTo("o-large");
    }
  }

  @Test
  void a_model_that_nobody_configured_is_refused_in_the_protocols_own_shape() {
    try (Desk desk = new Desk(Script.of())) {
      Heard heard = desk.ask(Agent.asks(Protocol.MESSAGES, "claude-unknown", "Hi", true));
      assertThat(heard.status()).isEqualTo(404);
      assertThat(heard.text()).contains("\"type\":\"error\"", "claude-unknown", "a-large");
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.REFUSED);
      assertThat(desk.provider().seen()).isEmpty();
    }
  }

  @Test
  void or_means_another_one_where_that_is_configured() {
    try (Desk desk = new Desk(Script.of(Turn.says("Hello")), "otherwise: a-large")) {
      Heard heard = desk.ask(Agent.asks(Protocol.MESSAGES, "claude-unknown", "Hi", true));
      assertThat(heard.status()).isEqualTo(200);
      assertThat(desk.call().used()).isEqualTo("a-large");
    }
  }

  @Test
  void a_price_that_nobody_knows_is_unknown_and_not_nothing() {
    try (Desk desk = new Desk(Script.of(Turn.says("Hello").costing(USAGE)))) {
      desk.ask(Agent.asks(Protocol.RESPONSES, "o-unpriced", "Hi", true));
      assertThat(desk.call().usage()).isPresent();
      assertThat(desk.call().microDollars()).isEmpty();
      assertThat(desk.settled().values()).containsExactly(new Cost.Unknown());
    }
  }

  // ---- faults

  @ParameterizedTest
  @EnumSource
  void what_fails_before_the_first_piece_is_tried_again(Protocol protocol) {
    Script script =
        Script.of(
            Turn.fails(429, Duration.ofSeconds(1)),
            Turn.answers(new Answer.Garbage()),
            Turn.says("At last").costing(USAGE));
    try (Desk desk = new Desk(script)) {
      Heard heard = desk.ask(streamed(protocol, "Hi"));
      assertThat(heard.status()).isEqualTo(200);
      assertThat(heard.text()).contains("At last").doesNotContain("half");
      assertThat(desk.call().retries()).isEqualTo(2);
      assertThat(desk.call().millis()).isGreaterThanOrEqualTo(1000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_keeps_failing_is_a_clear_failure_and_costs_nothing(Protocol protocol) {
    Script script = Script.of(Turn.fails(500), Turn.answers(new Answer.Empty()), Turn.fails(503));
    try (Desk desk = new Desk(script)) {
      Heard heard = desk.ask(streamed(protocol, "Hi"));
      assertThat(heard.status()).isEqualTo(502);
      assertThat(heard.text()).contains("no provider answered", "answered 503");
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.FAILED);
      assertThat(desk.reserved()).isEmpty();
      assertThat(desk.settled()).isEmpty();
    }
  }

  @Test
  void another_model_answers_where_the_first_does_not() {
    Script script = Script.of(Turn.fails(500), Turn.fails(500), Turn.fails(500), Turn.says("Hi"));
    String more = "  second: {provider: a}\n  first: {provider: a, fallbacks: [second]}";
    try (Desk desk = new Desk(script, more)) {
      assertThat(desk.ask(Agent.asks(Protocol.MESSAGES, "first", "Hi", true)).status())
          .isEqualTo(200);
      assertThat(desk.call().used()).isEqualTo("second");
    }
  }

  @Test
  void an_agent_whose_calls_fail_again_and_again_is_told_to_ask_no_more() {
    Turn cut = Turn.says("A rather long answer, cut off").cutAfter(3);
    Script script =
        Script.of(cut, cut, cut, cut, Turn.says("Hi"), cut, cut, cut, cut, cut, Turn.says("Hi"));
    try (Desk desk = new Desk(script)) {
      Session session = Desk.of(Desk.ASKER);
      for (int call = 1; call <= 10; call++) {
        desk.ask(session, streamed(Protocol.MESSAGES, "call " + call));
        assertThat(session.fault()).isEqualTo(call == 5 ? "" : "broke off");
      }
      Heard heard = desk.ask(session, streamed(Protocol.MESSAGES, "once more"));
      assertThat(heard.status()).isEqualTo(400);
      assertThat(heard.text()).contains("models_fail", "broke off");
      assertThat(desk.provider().seen()).hasSize(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_that_breaks_off_ends_with_an_error_and_counts_as_reserved(Protocol protocol) {
    try (Desk desk = new Desk(Script.of(Turn.says("A rather long answer, cut off").cutAfter(3)))) {
      Heard heard = desk.ask(streamed(protocol, "Hi"));
      assertThat(heard.ended()).isTrue();
      assertThat(heard.pieces().getLast()).contains("error", "broke off");
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.BROKEN);
      assertThat(desk.settled().values()).containsExactly(new Cost.Unknown());
    }
  }

  @Test
  void a_provider_that_falls_silent_does_not_keep_the_agent_waiting() {
    Turn slow = Turn.says("A rather long answer").paced(Duration.ZERO, Duration.ofSeconds(30));
    try (Desk desk = new Desk(Script.of(slow))) {
      Heard heard = desk.ask(streamed(Protocol.MESSAGES, "Hi"));
      assertThat(heard.pieces().getLast()).contains("fell silent");
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.BROKEN);
    }
  }

  @Test
  void cutting_ends_the_call_at_the_provider_too() throws Exception {
    Turn slow = Turn.says("A rather long answer").paced(Duration.ofSeconds(30), Duration.ZERO);
    try (Desk desk = new Desk(Script.of(slow))) {
      Exchange exchange = desk.open(streamed(Protocol.MESSAGES, "Hi"), new Heard());
      Thread agent = Thread.ofVirtual().start(exchange::run);
      await().until(() -> !desk.provider().seen().isEmpty());
      exchange.cut();
      assertThat(agent.join(Duration.ofSeconds(2))).isTrue();
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.CUT);
    }
  }

  @Test
  void whoever_stops_listening_ends_the_call() {
    Turn slow = Turn.says("A rather long answer").paced(Duration.ZERO, Duration.ofMillis(5));
    CountDownLatch first = new CountDownLatch(1);
    try (Desk desk = new Desk(Script.of(slow))) {
      desk.open(streamed(Protocol.MESSAGES, "Hi"), new Deaf(first)).run();
      assertThat(first.getCount()).isZero();
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.CUT);
      assertThat(desk.settled().values()).containsExactly(new Cost.Unknown());
    }
  }

  /** Goes away at the first piece. */
  private record Deaf(CountDownLatch first) implements ModelAnswer {
    @Override
    public void whole(int status, String json, Optional<Duration> retryAfter) {}

    @Override
    public void begin() {}

    @Override
    public void events(String text) throws IOException {
      first.countDown();
      throw new IOException("gone");
    }

    @Override
    public void end() {}
  }

  // ---- providers that have enough

  @Test
  void whoever_asks_too_often_waits_and_is_then_told_when_to_come_back() {
    try (Desk desk = new Desk(Script.of(Turn.says("Hi")), "  rare: {provider: rare}")) {
      desk.ask(Agent.asks(Protocol.MESSAGES, "rare", "one", true));
      Heard second = desk.ask(Agent.asks(Protocol.MESSAGES, "rare", "two", true));
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.retryAfter()).contains(Duration.ofMinutes(1));
      assertThat(second.text()).contains("rare is asked too often: the limit is 1 a minute");
      assertThat(desk.provider().seen()).hasSize(1);
    }
  }

  @Test
  void a_provider_that_wants_a_long_pause_is_given_up_at_once() {
    try (Desk desk = new Desk(Script.of(Turn.fails(429, Duration.ofSeconds(90))))) {
      Heard heard = desk.ask(streamed(Protocol.MESSAGES, "Hi"));
      assertThat(heard.status()).isEqualTo(429);
      assertThat(heard.retryAfter()).contains(Duration.ofSeconds(90));
      assertThat(desk.provider().seen()).hasSize(1);
    }
  }

  @Test
  void a_provider_that_keeps_failing_is_asked_no_more_and_another_one_answers() {
    Turn failing = Turn.fails(500);
    Script script =
        Script.of(
            failing,
            failing,
            failing,
            failing,
            failing,
            failing,
            failing,
            failing,
            Turn.says("Hi"));
    String more = "  spare: {provider: uncached}\n  first: {provider: a, fallbacks: [spare]}";
    try (Desk desk = new Desk(script, more)) {
      desk.ask(Agent.asks(Protocol.MESSAGES, "a-large", "one", true));
      desk.ask(Agent.asks(Protocol.MESSAGES, "a-large", "two", true));
      desk.ask(Agent.asks(Protocol.MESSAGES, "a-large", "three", true));
      assertThat(desk.provider().seen()).hasSize(8);
      assertThat(desk.ask(Agent.asks(Protocol.MESSAGES, "a-large", "four", true)).text())
          .contains("is left alone");
      assertThat(desk.provider().seen()).hasSize(8);

      assertThat(desk.ask(Agent.asks(Protocol.MESSAGES, "first", "five", true)).status())
          .isEqualTo(200);
      assertThat(desk.call().used()).isEqualTo("spare");
    }
  }

  // ---- money

  @ParameterizedTest
  @EnumSource
  void without_a_budget_nothing_is_sent(Protocol protocol) {
    try (Desk desk = new Desk(Script.of()).shut()) {
      Heard heard = desk.ask(streamed(protocol, "Hi"));
      assertThat(heard.status()).isEqualTo(402);
      assertThat(heard.text()).contains("budget_exhausted", "run-r-1");
      assertThat(desk.parked())
          .singleElement()
          .asString()
          .contains("r-1: the budget run-r-1 has no room", "capstan budget top-up run-r-1");
      assertThat(desk.provider().seen()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_agent_whose_budget_is_low_is_asked_to_wrap_up(Protocol protocol) {
    Turn yes = Turn.says("Yes").expecting("nearly spent");
    try (Desk desk = new Desk(Script.of(yes, yes)).low()) {
      Session session = Desk.of(Desk.ASKER);
      desk.ask(session, streamed(protocol, "Hi"));
      desk.ask(session, streamed(protocol, "Hi again"));
      assertThat(desk.provider().unmet()).isEmpty();
      assertThat(desk.told()).containsExactly(Desk.ASKER);
    }
  }

  // ---- secrets

  private static Session careful() {
    return Desk.session(
        text -> text.contains("hunter2-hunter2") ? List.of("hunter2-hunter2") : List.of(),
        new WithheldLines(WithheldLines.hashesOf("the formula of the house\n")));
  }

  @ParameterizedTest
  @EnumSource
  void a_secret_does_not_leave_and_comes_back_whole(Protocol protocol) {
    Script script =
        Script.of(
            Turn.says("Put <SECRET_1> there, not <SECRET_9>, and keep < and <SECR")
                .expecting(
                    new dev.capstan.testkit.model.Expectation(
                        List.of("<SECRET_1>"),
                        List.of("hunter2-hunter2"),
                        List.of(),
                        Optional.empty())));
    try (Desk desk = new Desk(script)) {
      Heard heard = desk.ask(careful(), streamed(protocol, "The password is hunter2-hunter2."));

      assertThat(desk.provider().unmet()).isEmpty();
      assertThat(words(heard))
          .contains("Put hunter2-hunter2 there, not <SECRET_9>, and keep < and <SECR");
      assertThat(desk.recording()).doesNotContain("hunter2-hunter2");
    }
  }

  /** The pieces of the answer's text, joined. */
  private static String words(Heard heard) {
    StringBuilder words = new StringBuilder();
    heard
        .text()
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> dev.capstan.models.wire.Wire.JSON.readTree(line.substring(6)))
        .forEach(event -> {
          if (event.path("delta").isString()) {
            words.append(event.path("delta").asString());
          }
          words.append(event.path("delta").path("text").asString(""));
          words.append(event.path("choices").path(0).path("delta").path("content").asString(""));
          words.append(
              event
                  .path("candidates")
                  .path(0)
                  .path("content")
                  .path("parts")
                  .path(0)
                  .path("text")
                  .asString(""));
        });
    return words.toString();
  }

  @Test
  void lines_of_a_file_that_opted_out_do_not_leave() {
    try (Desk desk = new Desk(Script.of(Turn.says("I see")))) {
      desk.ask(
          careful(),
          streamed(Protocol.MESSAGES, "cat -n:\n   7→the formula of the house\nand the rest"));
      assertThat(desk.provider().seen().getFirst().body())
          .doesNotContain("formula")
          .contains("opted out", "and the rest");
    }
  }

  @Test
  void also_not_as_the_first_or_the_last_line_of_a_json_text() {
    try (Desk desk = new Desk(Script.of(Turn.says("I see")))) {
      desk.ask(
          careful(),
          streamed(
              Protocol.MESSAGES,
              "{\"output\": [\"the formula of the house\\nrest\", \"the formula of the house\"]}"));
      assertThat(desk.provider().seen().getFirst().body())
          .doesNotContain("formula")
          .contains("opted out");
    }
  }

  // ---- beside

  @Test
  void side_questions_are_answered_here() {
    try (Desk desk = new Desk(Script.of())) {
      Heard models = desk.ask(new ModelRequest("GET", "/v1/models", "", Map.of(), ""));
      assertThat(models.text()).contains("a-large");
      assertThat(desk.ask(Agent.post("/v1/messages/count_tokens", "{}")).text())
          .contains("input_tokens");
      assertThat(desk.ask(Agent.post("/v1/embeddings", "{}")).status()).isEqualTo(404);
      assertThat(desk.ask(Agent.post("/v1/messages", "no json")).status()).isEqualTo(400);
      assertThat(desk.calls()).isEmpty();
    }
  }
}
