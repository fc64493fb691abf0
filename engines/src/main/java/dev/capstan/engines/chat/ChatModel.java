package dev.capstan.engines.chat;

import dev.capstan.engines.chat.Reply.Reason;
import dev.capstan.engines.chat.Transport.ModelUnreachable;
import dev.capstan.engines.chat.Transport.Response;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks models. Which protocol a model speaks, whoever configured it knows: the first one in which
 * the gateway has that model is kept to. Not for several threads.
 */
public final class ChatModel {
  private static final List<String> FULL =
      List.of(
          "context_length",
          "context length",
          "prompt is too long",
          "maximum context",
          "too many tokens");

  private final Transport transport;
  private List<Dialect> dialects = Dialect.ALL;

  public ChatModel(Transport transport) {
    this.transport = transport;
  }

  /** Waits for the answer. */
  public Reply ask(Chat chat) throws InterruptedException {
    Reply reply = new Reply.Refused(Reason.NO_SUCH_MODEL, "no model was asked");
    for (Dialect dialect : dialects) {
      reply = ask(dialect, chat);
      if (!(reply instanceof Reply.Refused(var reason, _)) || reason != Reason.NO_SUCH_MODEL) {
        dialects = List.of(dialect);
        return reply;
      }
    }
    return reply;
  }

  private Reply ask(Dialect dialect, Chat chat) throws InterruptedException {
    try {
      Response response =
          transport.post(dialect.path(), Dialect.JSON.writeValueAsString(dialect.request(chat)));
      return response.status() == 200
          ? said(dialect, response.body())
          : new Reply.Refused(reason(response), message(response));
    } catch (ModelUnreachable failure) {
      return new Reply.Refused(Reason.OTHER, String.valueOf(failure.getMessage()));
    }
  }

  private static Reply said(Dialect dialect, String body) {
    try {
      JsonNode answer = Dialect.JSON.readTree(body);
      Reply.Said said = dialect.read(answer);
      return said.text().isBlank() && said.calls().isEmpty()
          ? new Reply.Refused(Reason.OTHER, "the model answered nothing")
          : said;
    } catch (JacksonException garbage) {
      return new Reply.Refused(Reason.OTHER, "the model's answer is no JSON");
    }
  }

  private static Reason reason(Response response) {
    String body = response.body().toLowerCase(Locale.ROOT);
    return switch (response.status()) {
      case 401, 403 -> Reason.NOT_SIGNED_IN;
      case 402 -> Reason.BUDGET;
      case 404 -> Reason.NO_SUCH_MODEL;
      case 413 -> Reason.CONTEXT_FULL;
      case 429 -> Reason.RATE_LIMITED;
      default -> FULL.stream().anyMatch(body::contains) ? Reason.CONTEXT_FULL : Reason.OTHER;
    };
  }

  private static String message(Response response) {
    try {
      String message =
          Dialect.JSON.readTree(response.body()).path("error").path("message").asString("");
      return message.isEmpty() ? "status " + response.status() : message;
    } catch (JacksonException garbage) {
      return "status " + response.status();
    }
  }
}
