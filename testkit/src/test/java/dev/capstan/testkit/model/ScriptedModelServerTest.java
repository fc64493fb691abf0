package dev.capstan.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
class ScriptedModelServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** A streamed request of each protocol that offers a tool which writes files. */
  enum Wire {
    RESPONSES(
        "/v1/responses",
        """
        {"model":"m","stream":true,"input":"Make a file","tools":[{"type":"function","name":"write_file",
          "parameters":{"type":"object","properties":{"file_path":{"type":"string"},"content":{"type":"string"}}}}]}
        """,
        "event: response.completed"),
    CHAT(
        "/v1/chat/completions",
        """
        {"model":"m","stream":true,"stream_options":{"include_usage":true},
         "messages":[{"role":"user","content":"Make a file"}],
         "tools":[{"type":"function","function":{"name":"write_file",
          "parameters":{"type":"object","properties":{"file_path":{"type":"string"},"content":{"type":"string"}}}}}]}
        """,
        "data: [DONE]"),
    MESSAGES(
        "/v1/messages?beta=true",
        """
        {"model":"m","stream":true,"messages":[{"role":"user","content":"Make a file"}],
         "tools":[{"name":"write_file","input_schema":{"type":"object",
          "properties":{"file_path":{"type":"string"},"content":{"type":"string"}}}}]}
        """,
        "event: message_stop"),
    GEMINI(
        "/v1beta/models/m:streamGenerateContent?alt=sse",
        """
        {"contents":[{"role":"user","parts":[{"text":"Make a file"}]}],
         "tools":[{"functionDeclarations":[{"name":"write_file","parametersJsonSchema":{"type":"object",
          "properties":{"file_path":{"type":"string"},"content":{"type":"string"}}}}]}]}
        """,
        "\"finishReason\":\"STOP\"");

    private final String path;
    private final String body;
    private final String end;

    Wire(String path, String body, String end) {
      this.path = path;
      this.body = body;
      this.end = end;
    }
  }

  private static HttpResponse<String> post(ScriptedModelServer server, String path, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", "Bearer secret")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void a_tool_is_used_as_each_protocol_has_it(Wire wire) throws Exception {
    Usage usage = new Usage(70, 20, 9, 0);
    Script script =
        Script.of(
                Turn.writes("A.md", "hello").expecting("Make a file").costing(usage),
                Turn.says("Done.").costing(usage))
            .in(Path.of("/work"));
    try (var server = ScriptedModelServer.start(script)) {
      String first = post(server, wire.path, wire.body).body();
      String second = post(server, wire.path, wire.body).body();

      assertThat(first).contains("write_file", wire.end);
      assertThat(first.replaceAll("[^a-zA-Z/.]", "")).contains("filepath");
      assertThat(second).contains("Done.", wire.end);
      assertThat(server.unmet()).isEmpty();
      assertThat(server.served()).isEqualTo(new Usage(140, 40, 18, 0));
      assertThat(server.seen()).hasSize(2).noneMatch(Seen::aside);
      assertThat(server.seen().getFirst().headers()).containsEntry("authorization", "(a key)");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void a_stream_that_is_cut_ends_without_its_end(Wire wire) throws Exception {
    try (var server = ScriptedModelServer.start(Script.of(Turn.says("a long word").cutAfter(1)))) {
      HttpResponse<java.io.InputStream> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(server.url() + wire.path))
                  .POST(HttpRequest.BodyPublishers.ofString(wire.body))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      try (var body = response.body()) {
        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      }
      assertThat(server.served()).isEqualTo(Usage.NONE);
    }
  }

  @Test
  void what_was_expected_in_vain_is_told() throws Exception {
    Script script =
        Script.of(
            Turn.says("one")
                .expecting(
                    new Expectation(
                        List.of("a needle"),
                        List.of("Make"),
                        List.of("finish"),
                        java.util.Optional.of("other"))),
            Turn.says("two"));
    try (var server = ScriptedModelServer.start(script)) {
      post(server, Wire.CHAT.path, Wire.CHAT.body);
      assertThat(server.unmet())
          .containsExactly(
              "turn 1 of the script: it does not contain \"a needle\"",
              "turn 1 of the script: it contains \"Make\"",
              "turn 1 of the script: it offers no tool \"finish\" but [write_file]",
              "turn 1 of the script: it asks for the model \"m\", not \"other\"",
              "turn 2 of the script was never asked for");
    }
  }

  @Test
  void a_call_without_tools_that_the_next_turn_expects_is_that_turn() throws Exception {
    Script script =
        Script.of(
            Turn.writes("A.md", "hello"),
            Turn.says("a plan").expecting("Plan it"),
            Turn.says("the end"));
    try (var server = ScriptedModelServer.start(script)) {
      post(server, Wire.CHAT.path, Wire.CHAT.body);
      String plan =
          post(
                  server,
                  Wire.CHAT.path,
                  "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Plan it\"}]}")
              .body();
      assertThat(plan).contains("a plan");
      assertThat(server.unmet()).containsExactly("turn 3 of the script was never asked for");
    }
  }

  @Test
  void a_side_question_is_no_turn() throws Exception {
    try (var server = ScriptedModelServer.start(Script.of(Turn.runs("true")))) {
      String title =
          post(server, "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[]}").body();
      assertThat(title).contains("A title");
      assertThat(server.seen()).singleElement().matches(Seen::aside);
      assertThat(server.unmet()).containsExactly("turn 1 of the script was never asked for");
    }
  }

  @Test
  void a_failure_says_when_to_come_again() throws Exception {
    try (var server =
        ScriptedModelServer.start(Script.of(Turn.fails(429, Duration.ofSeconds(2))))) {
      HttpResponse<String> answer = post(server, Wire.MESSAGES.path, Wire.MESSAGES.body);
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).contains("2");
      assertThat(answer.body()).contains("rate_limit_error");
    }
  }

  @Test
  void a_script_is_read_from_a_file(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("script.yaml");
    Files.writeString(
        file,
        """
        folder: /work
        turns:
          - expect: {contains: [Make], tools: [write_file]}
            use:
              - write: {path: A.md, content: "hello\\n"}
            usage: {input: 10, cached: 2, output: 3, reasoning: 1}
          - status: 429
            retryAfterSeconds: 1
          - say: Done.
            cutAfter: 2
            betweenTokensMs: 5
          - garbage: true
          - empty: true
        """);
    assertThat(Script.read(file))
        .isEqualTo(
            Script.of(
                    Turn.writes("A.md", "hello\n")
                        .expecting(
                            new Expectation(
                                List.of("Make"),
                                List.of(),
                                List.of("write_file"),
                                java.util.Optional.empty()))
                        .costing(new Usage(10, 2, 3, 1)),
                    Turn.fails(429, Duration.ofSeconds(1)),
                    Turn.says("Done.")
                        .costing(Usage.NONE)
                        .paced(Duration.ZERO, Duration.ofMillis(5))
                        .cutAfter(2),
                    Turn.answers(new Answer.Garbage()),
                    Turn.answers(new Answer.Empty()))
                .in(Path.of("/work")));
  }

  @Test
  void a_script_that_is_wrong_is_refused_with_the_place(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("script.yaml");
    Files.writeString(file, "turns:\n  - say: a\n    status: 500\n");
    assertThatThrownBy(() -> Script.read(file)).hasMessageContaining("turn 1 has one of");
    Files.writeString(file, "turns:\n  - says: a\n");
    assertThatThrownBy(() -> Script.read(file))
        .hasMessageContaining("says")
        .hasMessageContaining("near line");
  }
}
