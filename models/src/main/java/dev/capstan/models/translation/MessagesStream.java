package dev.capstan.models.translation;

import dev.capstan.models.upstream.Try;
import dev.capstan.models.wire.ServerEvent;
import dev.capstan.models.wire.Wire;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stream of Chat Completions as one of Messages: each piece goes on as soon as it is there. One
 * that breaks off does so here too, and one that goes on with garbage passes it on. Not for several
 * threads.
 */
final class MessagesStream implements Try.Streaming {
  private final Try.Streaming chat;
  private final Deque<ServerEvent> ready = new ArrayDeque<>();
  private Optional<String> finished = Optional.empty();
  private ObjectNode usage = ChatAnswer.usage(Wire.JSON.createObjectNode());
  private boolean begun;
  private boolean ended;
  private int blocks;
  private boolean open;
  private int call = -1;

  MessagesStream(Try.Streaming chat) {
    this.chat = chat;
  }

  @Override
  public Optional<ServerEvent> next() throws IOException {
    while (ready.isEmpty() && !ended) {
      Optional<ServerEvent> event = chat.next();
      if (event.isEmpty()) {
        end();
      } else if (!event.get().saysNothing()) {
        event.get().json().ifPresentOrElse(this::hear, () -> ready.add(event.get()));
      }
    }
    return Optional.ofNullable(ready.poll());
  }

  @Override
  public void close() {
    chat.close();
  }

  private void hear(JsonNode chunk) {
    if (!begun) {
      begun = true;
      ObjectNode start = event("message_start");
      start.set("message", ChatAnswer.begun(chunk));
      say(start);
    }
    if (chunk.path("usage").isObject()) {
      usage = ChatAnswer.usage(chunk.path("usage"));
    }
    JsonNode choice = chunk.path("choices").path(0);
    String text = choice.path("delta").path("content").asString("");
    if (!text.isEmpty()) {
      text(text);
    }
    choice.path("delta").path("tool_calls").forEach(this::call);
    if (choice.path("finish_reason").isString()) {
      finished = Optional.of(choice.path("finish_reason").asString());
    }
  }

  private void text(String text) {
    if (!open || call >= 0) {
      closeBlock();
      call = -1;
      open(Wire.JSON.createObjectNode().put("type", "text").put("text", ""));
    }
    delta(Wire.JSON.createObjectNode().put("type", "text_delta").put("text", text));
  }

  /** The first piece of a call has its name, those that follow only what is added to it. */
  private void call(JsonNode piece) {
    int index = piece.path("index").asInt(0);
    JsonNode function = piece.path("function");
    if (!open || call != index) {
      closeBlock();
      call = index;
      ObjectNode use = Wire.JSON.createObjectNode().put("type", "tool_use");
      use.put("id", piece.path("id").asString("call_" + blocks));
      use.put("name", function.path("name").asString(""));
      use.putObject("input");
      open(use);
    }
    String arguments = function.path("arguments").asString("");
    if (!arguments.isEmpty()) {
      delta(
          Wire.JSON
              .createObjectNode()
              .put("type", "input_json_delta")
              .put("partial_json", arguments));
    }
  }

  private void open(ObjectNode block) {
    open = true;
    ObjectNode start = event("content_block_start").put("index", blocks);
    start.set("content_block", block);
    say(start);
  }

  private void delta(ObjectNode delta) {
    ObjectNode event = event("content_block_delta").put("index", blocks);
    event.set("delta", delta);
    say(event);
  }

  private void closeBlock() {
    if (open) {
      say(event("content_block_stop").put("index", blocks));
      open = false;
      blocks++;
    }
  }

  private void end() {
    ended = true;
    if (finished.isPresent()) {
      closeBlock();
      ObjectNode last = event("message_delta");
      last.putObject("delta")
          .put("stop_reason", ChatAnswer.reason(finished.get()))
          .putNull("stop_sequence");
      last.set("usage", usage);
      say(last);
      say(event("message_stop"));
    }
  }

  private static ObjectNode event(String type) {
    return Wire.JSON.createObjectNode().put("type", type);
  }

  private void say(ObjectNode event) {
    String data = Wire.JSON.writeValueAsString(event);
    String type = event.path("type").asString();
    ready.add(new ServerEvent("event: " + type + "\ndata: " + data + "\n\n", data));
  }
}
