package dev.capstan.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.wire.EventReader;
import dev.capstan.models.wire.ServerEvent;
import dev.capstan.models.wire.Wire;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ToolUse;
import dev.capstan.testkit.model.Turn;
import dev.capstan.testkit.model.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An agent that speaks Messages uses a model whose provider speaks Chat Completions. */
class TranslationTest {
  private static final Usage USAGE = new Usage(1000, 200, 50, 0);

  private static ModelRequest asks(boolean streams) {
    return Agent.post(
        "/v1/messages",
        """
        {"model": "o-large", "stream": %s, "max_tokens": 100, "system": [{"type": "text", "text": "Be brief."}],
         "tools": [{"name": "write_file", "description": "Writes.", "input_schema": {"type": "object", "properties": {}}}],
         "tool_choice": {"type": "any"},
         "messages": [
           {"role": "user", "content": "Hi"},
           {"role": "assistant", "content": [
             {"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "I write."},
             {"type": "tool_use", "id": "t1", "name": "write_file", "input": {"path": "a"}}]},
           {"role": "user", "content": [
             {"type": "tool_result", "tool_use_id": "t1", "content": [{"type": "text", "text": "written"}]},
             {"type": "text", "text": "Go on."}]}]}
        """
            .formatted(streams));
  }

  private static List<JsonNode> events(Heard heard) throws IOException {
    EventReader reader =
        new EventReader(new ByteArrayInputStream(heard.text().getBytes(StandardCharsets.UTF_8)));
    List<JsonNode> events = new ArrayList<>();
    for (Optional<ServerEvent> event = reader.next(); event.isPresent(); event = reader.next()) {
      event.get().json().ifPresent(events::add);
    }
    return events;
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").asString()).distinct().toList();
  }

  @Test
  void what_was_said_before_and_the_tools_are_told_in_the_words_of_the_other() {
    try (Desk desk = new Desk(Script.of(Turn.says("Hello there")))) {
      desk.ask(asks(false));

      JsonNode sent = Wire.JSON.readTree(desk.provider().seen().getFirst().body());
      assertThat(desk.provider().seen().getFirst().path()).isEqualTo("/v1/chat/completions");
      assertThat(sent.path("model").asString()).isEqualTo("o-real");
      assertThat(sent.path("max_tokens").asInt()).isEqualTo(100);
      assertThat(sent.path("tool_choice").asString()).isEqualTo("required");
      assertThat(sent.at("/tools/0/function/name").asString()).isEqualTo("write_file");
      assertThat(sent.path("messages").valueStream().map(one -> one.path("role").asString()))
          .containsExactly("system", "user", "assistant", "tool", "user");
      assertThat(sent.at("/messages/2/content").asString()).isEqualTo("I write.");
      assertThat(sent.at("/messages/2/tool_calls/0/function/arguments").asString())
          .isEqualTo("{\"path\":\"a\"}");
      assertThat(sent.at("/messages/3/tool_call_id").asString()).isEqualTo("t1");
      assertThat(sent.at("/messages/3/content").asString()).isEqualTo("written");
    }
  }

  @Test
  void a_streamed_text_comes_in_pieces_with_its_usage() throws IOException {
    try (Desk desk = new Desk(Script.of(Turn.says("Hello there").costing(USAGE)))) {
      List<JsonNode> events = events(desk.ask(asks(true)));

      assertThat(types(events))
          .containsExactly(
              "message_start",
              "content_block_start",
              "content_block_delta",
              "content_block_stop",
              "message_delta",
              "message_stop");
      assertThat(
              events.stream()
                  .map(event -> event.at("/delta/text").asString(""))
                  .collect(Collectors.joining()))
          .isEqualTo("Hello there");
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.ANSWERED);
      assertThat(desk.call().used()).isEqualTo("o-large");
      assertThat(desk.call().usage())
          .contains(new dev.capstan.models.wire.Usage(1000, 200, 0, 50, 0));
    }
  }

  @Test
  void a_streamed_call_of_a_tool_comes_in_pieces() throws IOException {
    Turn writes = Turn.uses(new ToolUse.Named("write_file", Map.of("path", "HELLO.md")));
    try (Desk desk = new Desk(Script.of(writes))) {
      List<JsonNode> events = events(desk.ask(asks(true)));

      JsonNode block =
          events.stream()
              .filter(event -> event.path("type").asString().equals("content_block_start"))
              .findFirst()
              .orElseThrow();
      assertThat(block.at("/content_block/type").asString()).isEqualTo("tool_use");
      assertThat(block.at("/content_block/name").asString()).isEqualTo("write_file");
      assertThat(
              events.stream()
                  .map(event -> event.at("/delta/partial_json").asString(""))
                  .collect(Collectors.joining()))
          .isEqualTo("{\"path\":\"HELLO.md\"}");
      assertThat(events)
          .anyMatch(event -> event.at("/delta/stop_reason").asString("").equals("tool_use"));
    }
  }

  @Test
  void an_answer_in_one_piece_is_translated_as_well() {
    Turn writes =
        Turn.uses(new ToolUse.Named("write_file", Map.of("path", "HELLO.md"))).costing(USAGE);
    try (Desk desk = new Desk(Script.of(writes))) {
      JsonNode message = Wire.JSON.readTree(desk.ask(asks(false)).text());

      assertThat(message.path("type").asString()).isEqualTo("message");
      assertThat(message.at("/content/0/input/path").asString()).isEqualTo("HELLO.md");
      assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
      assertThat(message.at("/usage/input_tokens").asInt()).isEqualTo(800);
      assertThat(desk.call().usage())
          .contains(new dev.capstan.models.wire.Usage(1000, 200, 0, 50, 0));
    }
  }

  @Test
  void a_stream_that_breaks_off_and_a_refusal_are_told_as_the_agent_knows_them() {
    Turn cut = Turn.says("A rather long answer, cut off").cutAfter(3);
    try (Desk desk = new Desk(Script.of(cut, Turn.fails(400)))) {
      assertThat(desk.ask(asks(true)).pieces().getLast()).contains("event: error", "broke off");
      assertThat(desk.call().outcome()).isEqualTo(CallOutcome.BROKEN);

      Heard refused = desk.ask(asks(false));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("\"type\":\"error\"", "scripted failure");
    }
  }
}
