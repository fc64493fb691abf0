package dev.capstan.models.translation;

import dev.capstan.models.catalog.Model;
import dev.capstan.models.upstream.Ending;
import dev.capstan.models.upstream.Provision;
import dev.capstan.models.upstream.Try;
import dev.capstan.models.wire.Protocol;
import dev.capstan.models.wire.Question;
import dev.capstan.models.wire.Wire;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Providers, asked in Chat Completions for agents that speak Messages where that is what they
 * speak; all else is passed on as it is. Safe for many threads.
 */
public final class Translation implements Provision {
  private static final Wire CHAT =
      Wire.ALL.stream()
          .filter(wire -> wire.protocol() == Protocol.CHAT_COMPLETIONS)
          .findFirst()
          .orElseThrow();

  private final Provision providers;

  public Translation(Provision providers) {
    this.providers = providers;
  }

  @Override
  public Try ask(
      Model model, Question question, ObjectNode body, Map<String, String> headers, Ending ending)
      throws InterruptedException {
    if (model.provider().kind().speaks(question.wire().protocol())) {
      return providers.ask(model, question, body, headers, ending);
    }
    Question other =
        new Question(
            CHAT, question.model(), question.streams(), "", new ChatRequest(body).translated());
    Try answer = providers.ask(model, other, CHAT.body(other, model.id()), Map.of(), ending);
    return switch (answer) {
      case Try.Streams(var stream) -> new Try.Streams(new MessagesStream(stream));
      case Try.Whole(var text) -> whole(text);
      case Try.Rejected(var status, var text) ->
          new Try.Rejected(
              status, question.wire().error(status, "invalid_request_error", message(text)));
      case Try.Failed failed -> failed;
    };
  }

  private static Try whole(String text) {
    Optional<ObjectNode> message = ChatAnswer.translated(Wire.JSON.readTree(text));
    return message.isPresent()
        ? new Try.Whole(Wire.JSON.writeValueAsString(message.get()))
        : new Try.Failed("answered with what is no chat completion", Optional.empty());
  }

  private static String message(String error) {
    try {
      return Wire.JSON.readTree(error).path("error").path("message").asString(error);
    } catch (JacksonException text) {
      return error;
    }
  }
}
