package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.cli.session.Client.McpAnswer;
import dev.capstan.cli.session.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client says line by line reaches the server, and its answers come back as lines. */
class McpRelayTest {
  private static List<JsonNode> carried(Function<String, McpAnswer> server, String... lines)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String all = String.join("\n", lines) + '\n';
    new McpRelay(server, out).carry(new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)));
    return out.toString(StandardCharsets.UTF_8).lines().map(Json.MAPPER::readTree).toList();
  }

  @Test
  void a_notification_is_passed_on_and_has_no_answer() throws Exception {
    Queue<String> passed = new ConcurrentLinkedQueue<>();
    List<JsonNode> answers =
        carried(
            message -> {
              passed.add(message);
              return new McpAnswer.Told("");
            },
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "");

    assertThat(answers).isEmpty();
    assertThat(passed).singleElement().matches(message -> message.contains("initialized"));
  }

  @Test
  void what_is_refused_is_an_error_of_that_request() throws Exception {
    List<JsonNode> answers =
        carried(
            _ -> new McpAnswer.Refused("the token is wrong"),
            "{\"jsonrpc\":\"2.0\",\"id\":\"seven\",\"method\":\"ping\"}");

    assertThat(answers)
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.get("id").asString()).isEqualTo("seven");
          assertThat(answer.at("/error/message").asString()).isEqualTo("the token is wrong");
        });
  }

  @Test
  void a_line_that_is_no_message_is_answered_and_the_next_one_heard() throws Exception {
    List<JsonNode> answers =
        carried(
            _ -> new McpAnswer.Told("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}"),
            "{nonsense",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}");

    assertThat(answers).hasSize(2).anyMatch(answer -> answer.at("/error/code").asInt() == -32_700);
  }

  @Test
  void a_request_does_not_wait_for_the_one_before() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    List<JsonNode> answers =
        carried(
            message -> {
              meet(both);
              return new McpAnswer.Told(message);
            },
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}");

    assertThat(answers)
        .extracting(answer -> answer.get("id").asInt())
        .containsExactlyInAnyOrder(1, 2);
  }

  private static void meet(CyclicBarrier both) {
    try {
      both.await(20, TimeUnit.SECONDS);
    } catch (Exception alone) {
      throw new IllegalStateException("the other one is not asked at the same time", alone);
    }
  }
}
