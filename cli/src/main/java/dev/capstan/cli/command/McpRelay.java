package dev.capstan.cli.command;

import dev.capstan.cli.session.Client.McpAnswer;
import dev.capstan.cli.session.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * Carries messages of the Model Context Protocol, one a line, to a server and what it says back.
 * Several may be under way at once.
 */
final class McpRelay {
  /** By JSON-RPC for whoever implements it to choose. */
  private static final int NOT_LET_IN = -32_000;

  private static final int PARSE_ERROR = -32_700;

  private final Function<String, McpAnswer> server;
  private final PrintStream out;

  McpRelay(Function<String, McpAnswer> server, OutputStream out) {
    this.server = server;
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
  }

  /** Until the input ends, and all of it is answered. */
  void carry(InputStream in) throws IOException {
    try (ExecutorService messages = Executors.newVirtualThreadPerTaskExecutor()) {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String message = line;
        if (!message.isBlank()) {
          messages.execute(() -> carry(message));
        }
      }
    }
  }

  private void carry(String message) {
    JsonNode id = NullNode.getInstance();
    try {
      JsonNode read = Json.MAPPER.readTree(message);
      if (read.path("id").isMissingNode()) {
        var _ = server.apply(message);
        return;
      }
      id = read.path("id");
    } catch (JacksonException malformed) {
      say(
          fault(
              id, PARSE_ERROR, "a line is one message in JSON: " + malformed.getOriginalMessage()));
      return;
    }
    say(answer(id, message));
  }

  private String answer(JsonNode id, String message) {
    try {
      return switch (server.apply(message)) {
        case McpAnswer.Told(var told) -> told;
        case McpAnswer.Refused(var why) -> fault(id, NOT_LET_IN, why);
      };
    } catch (RuntimeException failure) {
      return fault(id, NOT_LET_IN, String.valueOf(failure.getMessage()));
    }
  }

  private static String fault(JsonNode id, int code, String why) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("jsonrpc", "2.0");
    message.put("id", id);
    message.put("error", Map.of("code", code, "message", why));
    return JsonMapper.shared().writeValueAsString(message);
  }

  private synchronized void say(String message) {
    if (!message.isEmpty()) {
      out.print(message + '\n');
      out.flush();
    }
  }
}
