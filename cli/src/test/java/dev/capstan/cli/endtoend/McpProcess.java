package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.cli.session.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code capstan mcp}, as an agent starts it. */
final class McpProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final PrintStream told;
  private int ids;

  /** Starts it in that folder; what it says beside the protocol goes to this process's own. */
  McpProcess(Path folder, Map<String, String> variables, String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("mcp"));
    words.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(ServerProcess.line(words))
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("CAPSTAN_"));
    builder.environment().putAll(variables);
    process = builder.start();
    said = process.inputReader(StandardCharsets.UTF_8);
    told = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  JsonNode ask(String method, Map<String, ?> parameters) throws IOException {
    told.print(
        Json.MAPPER
                .writeValueAsString(
                    Map.of("jsonrpc", "2.0", "id", ++ids, "method", method, "params", parameters))
                .replace('\n', ' ')
            + '\n');
    told.flush();
    String line = said.readLine();
    assertThat(line).as("it ended").isNotNull();
    JsonNode answer = Json.MAPPER.readTree(line);
    assertThat(answer.path("id").asInt()).as(line).isEqualTo(ids);
    return answer.path("result");
  }

  /** The text of a tool's answer. */
  String call(String tool, Map<String, ?> arguments) throws IOException {
    return ask("tools/call", Map.of("name", tool, "arguments", arguments))
        .at("/content/0/text")
        .asString();
  }

  /** Ends its input; what it still says, and its exit code. */
  int end() throws IOException, InterruptedException {
    told.close();
    assertThat(said.readLine()).as("nothing more is said").isNull();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
