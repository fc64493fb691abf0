package dev.capstan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.account.Purpose;
import dev.capstan.models.records.Asker;
import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.records.ModelCall;
import dev.capstan.models.records.Origin;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.models.wire.Protocol;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.Turn;
import dev.capstan.testkit.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The same question is paid once. */
class ReuseTest {
  private static final Usage USAGE = new Usage(1000, 200, 50, 0);

  private static String model(Protocol protocol) {
    return switch (protocol) {
      case RESPONSES, CHAT_COMPLETIONS -> "o-large";
      case MESSAGES -> "a-large";
      case GEMINI -> "g-large";
    };
  }

  private static ModelRequest hi(boolean streams) {
    return Agent.asks(Protocol.MESSAGES, "a-large", "Hi", streams);
  }

  private static ModelRequest hi(Map<String, String> headers) {
    ModelRequest hi = hi(true);
    return new ModelRequest(hi.method(), hi.path(), hi.query(), headers, hi.body());
  }

  private static Asker asker(String project, int attempt) {
    return new Asker(new RunId("r-9"), new ProjectId(project), "s7", attempt, Purpose.WORK);
  }

  private static Script twoAnswers() {
    return Script.of(Turn.says("The first").costing(USAGE), Turn.says("The second").costing(USAGE));
  }

  @ParameterizedTest
  @CsvSource({
    "RESPONSES,true", "RESPONSES,false", "CHAT_COMPLETIONS,true", "CHAT_COMPLETIONS,false",
    "MESSAGES,true", "MESSAGES,false", "GEMINI,true", "GEMINI,false"
  })
  void the_same_question_is_answered_again_for_nothing(Protocol protocol, boolean streams) {
    try (Desk desk = new Desk(Script.of(Turn.says("Hello").costing(USAGE)))) {
      ModelRequest request = Agent.asks(protocol, model(protocol), "Hi", streams);
      Heard first = desk.ask(request);
      Heard second = desk.ask(Desk.of(asker("p", 1)), request);

      assertThat(second.status()).isEqualTo(200);
      assertThat(second.ended()).isTrue();
      assertThat(second.text()).isEqualTo(first.text());
      assertThat(desk.provider().seen()).hasSize(1);
      ModelCall call = desk.call();
      assertThat(call.origin()).isEqualTo(Origin.CACHE);
      assertThat(call.outcome()).isEqualTo(CallOutcome.ANSWERED);
      assertThat(call.microDollars()).isEqualTo(OptionalLong.of(0));
      assertThat(call.usage().orElseThrow().total()).isEqualTo(1050);
      assertThat(desk.settled()).hasSize(1);
      assertThat(desk.reserved()).isEmpty();
    }
  }

  @Test
  void what_is_known_needs_no_budget() {
    try (Desk desk = new Desk(Script.of(Turn.says("Hello")))) {
      desk.ask(hi(true));
      assertThat(desk.shut().ask(hi(true)).status()).isEqualTo(200);
    }
  }

  @Test
  void a_secret_comes_back_as_that_of_whoever_asks_now() {
    try (Desk desk = new Desk(Script.of(Turn.says("It is <SECRET_1>")))) {
      desk.ask(keeping("hunter2-hunter2"), asking("hunter2-hunter2"));
      Heard other = desk.ask(keeping("s3cr3t-s3cr3t"), asking("s3cr3t-s3cr3t"));
      assertThat(desk.provider().seen()).hasSize(1);
      assertThat(other.text()).contains("s3cr3t-s3cr3t").doesNotContain("hunter2");
    }
  }

  private static Session keeping(String secret) {
    return Desk.session(
        text -> text.contains(secret) ? List.of(secret) : List.of(), WithheldLines.NONE);
  }

  private static ModelRequest asking(String secret) {
    return Agent.asks(Protocol.MESSAGES, "a-large", "The password is " + secret, false);
  }

  // ---- what is another question

  @Test
  void another_project_never_gets_the_answer() {
    try (Desk desk = new Desk(twoAnswers())) {
      desk.ask(hi(true));
      assertThat(desk.ask(Desk.of(asker("other", 1)), hi(true)).text()).contains("second");
    }
  }

  @Test
  void a_second_attempt_is_not_answered_as_the_first_was() {
    try (Desk desk = new Desk(twoAnswers())) {
      desk.ask(hi(true));
      assertThat(desk.ask(Desk.of(asker("p", 2)), hi(true)).text()).contains("second");
    }
  }

  @Test
  void nor_is_another_form_of_answer_another_file_or_another_header() {
    Turn turn = Turn.says("Hello");
    try (Desk desk = new Desk(Script.of(turn, turn, turn, turn))) {
      desk.ask(hi(true));
      desk.ask(hi(false));
      desk.ask(hi(Map.of(Reuse.FILES, "aa, bb")));
      desk.ask(hi(Map.of("anthropic-beta", "more")));
      assertThat(desk.provider().seen()).hasSize(4);
      desk.ask(hi(Map.of(Reuse.FILES, "bb,aa")));
      assertThat(desk.provider().seen()).hasSize(4);
    }
  }

  @Test
  void whoever_wants_an_answer_of_their_own_gets_one() {
    try (Desk desk = new Desk(twoAnswers())) {
      desk.ask(hi(true));
      assertThat(desk.ask(hi(Map.of("cache-control", "no-cache"))).text()).contains("second");
      assertThat(desk.ask(hi(true)).text()).contains("first");
    }
  }

  @Test
  void a_provider_can_be_left_out() {
    try (Desk desk = new Desk(twoAnswers(), "  fresh: {provider: uncached}")) {
      ModelRequest request = Agent.asks(Protocol.MESSAGES, "fresh", "Hi", true);
      desk.ask(request);
      assertThat(desk.ask(request).text()).contains("second");
    }
  }

  @Test
  void a_question_that_refers_to_an_earlier_one_is_always_asked() {
    String body =
        "{\"model\":\"o-large\",\"stream\":true,\"input\":\"And?\",\"previous_response_id\":\"x\"}";
    try (Desk desk = new Desk(twoAnswers())) {
      desk.ask(Agent.post("/v1/responses", body));
      assertThat(desk.ask(Agent.post("/v1/responses", body)).text()).contains("second");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_that_broke_off_is_not_kept(Protocol protocol) {
    Turn cut = Turn.says("A rather long answer, cut off").cutAfter(3);
    try (Desk desk = new Desk(Script.of(cut, Turn.says("Whole")))) {
      ModelRequest request = Agent.asks(protocol, model(protocol), "Hi", true);
      desk.ask(request);
      assertThat(desk.ask(request).text()).contains("Whole");
      assertThat(desk.call().origin()).isEqualTo(Origin.PROVIDER);
    }
  }

  @Test
  void the_answer_of_a_fallback_is_not_kept_as_that_of_the_model() {
    Script script =
        Script.of(
            Turn.fails(500),
            Turn.fails(500),
            Turn.fails(500),
            Turn.says("Second"),
            Turn.says("First"));
    String more = "  second: {provider: a}\n  first: {provider: a, fallbacks: [second]}";
    try (Desk desk = new Desk(script, more)) {
      ModelRequest request = Agent.asks(Protocol.MESSAGES, "first", "Hi", true);
      assertThat(desk.ask(request).text()).contains("Second");
      assertThat(desk.ask(request).text()).contains("First");
    }
  }

  // ---- at once

  @Test
  void those_who_ask_the_same_at_once_are_answered_by_one_call() throws Exception {
    Turn slow = Turn.says("Hello").costing(USAGE).paced(Duration.ofMillis(300), Duration.ZERO);
    try (Desk desk = new Desk(Script.of(slow))) {
      Heard first = new Heard();
      Heard second = new Heard();
      Thread one = Thread.ofVirtual().start(desk.open(hi(true), first)::run);
      await().until(() -> !desk.provider().seen().isEmpty());
      Thread other =
          Thread.ofVirtual().start(desk.open(Desk.of(asker("p", 1)), hi(true), second)::run);
      one.join();
      other.join();
      assertThat(desk.provider().seen()).hasSize(1);
      assertThat(second.text()).isEqualTo(first.text()).contains("Hello");
      assertThat(desk.calls())
          .extracting(ModelCall::origin)
          .containsExactlyInAnyOrder(Origin.PROVIDER, Origin.JOINED);
      assertThat(desk.settled()).hasSize(1);
    }
  }

  @Test
  void when_the_one_who_asks_goes_away_another_one_asks() throws Exception {
    Turn endless = Turn.says("Never").paced(Duration.ofSeconds(30), Duration.ZERO);
    try (Desk desk = new Desk(Script.of(endless, Turn.says("Hello")))) {
      Exchange first = desk.open(hi(true), new Heard());
      Heard second = new Heard();
      Thread one = Thread.ofVirtual().start(first::run);
      await().until(() -> !desk.provider().seen().isEmpty());
      Thread other = Thread.ofVirtual().start(desk.open(hi(true), second)::run);
      await().until(() -> other.getState() == Thread.State.WAITING);
      first.cut();
      assertThat(one.join(Duration.ofSeconds(5))).isTrue();
      assertThat(other.join(Duration.ofSeconds(5))).isTrue();
      assertThat(second.text()).contains("Hello");
    }
  }

  @Test
  void whoever_waits_for_another_can_go_away() throws Exception {
    Turn endless = Turn.says("Never").paced(Duration.ofSeconds(30), Duration.ZERO);
    try (Desk desk = new Desk(Script.of(endless))) {
      Thread one = Thread.ofVirtual().start(desk.open(hi(true), new Heard())::run);
      await().until(() -> !desk.provider().seen().isEmpty());
      Exchange second = desk.open(hi(true), new Heard());
      Thread other = Thread.ofVirtual().start(second::run);
      await().until(() -> other.getState() == Thread.State.WAITING);
      second.cut();
      assertThat(other.join(Duration.ofSeconds(2))).isTrue();
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.CUT);
      assertThat(one.isAlive()).isTrue();
    }
  }
}
