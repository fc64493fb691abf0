package dev.capstan.models.secrecy;

import dev.capstan.models.wire.ServerEvent;
import dev.capstan.models.wire.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Puts secrets back into one stream, also where a mark comes in several pieces: what may be the
 * begin of a mark is held back until the next piece of the same text. Not for several threads.
 */
public final class Restoring {
  private static final Pattern BEGIN_OF_MARK =
      Pattern.compile("<(S(E(C(R(E(T(_\\d{0,6})?)?)?)?)?)?)?$");

  private final Redaction redaction;
  private final Map<String, Held> held = new LinkedHashMap<>();

  /** A text that may go on as a mark, with the event that its begin came in. */
  private record Held(String text, JsonNode event, String name) {}

  public Restoring(Redaction redaction) {
    this.redaction = redaction;
  }

  /** The event with secrets in it, after what was held back before it, as text to send. */
  public String of(ServerEvent event) {
    Optional<JsonNode> json = event.saysNothing() ? Optional.empty() : event.json();
    if (json.isEmpty()) {
      return (event.saysNothing() && event.data().isEmpty() ? "" : flush()) + event.text();
    }
    JsonNode content = json.get();
    List<Pieces> pieces = Pieces.in(content);
    String before = pieces.isEmpty() ? flush() : "";
    Map<String, String> texts =
        pieces.stream()
            .collect(Collectors.toMap(Pieces::of, Pieces::text, (one, other) -> one + other));
    redaction.inwards(content);
    for (Pieces piece : pieces) {
      take(piece, texts.getOrDefault(piece.of(), ""), content, name(event));
    }
    return before + text(name(event), content);
  }

  private void take(Pieces piece, String text, JsonNode event, String name) {
    Held begun = held.remove(piece.of());
    String whole = (begun == null ? "" : begun.text()) + text;
    Matcher open = BEGIN_OF_MARK.matcher(whole);
    String ready = !isLast(event) && open.find() ? whole.substring(0, open.start()) : whole;
    piece.holder().put(piece.field(), redaction.restored(ready, piece.withinJson(event)));
    if (ready.length() < whole.length()) {
      held.put(piece.of(), new Held(whole.substring(ready.length()), event.deepCopy(), name));
    }
  }

  /** Gemini's last event may bear text too. */
  private static boolean isLast(JsonNode event) {
    return event.path("candidates").path(0).path("finishReason").isString();
  }

  /** What was held back and did not become a mark. */
  private String flush() {
    StringBuilder events = new StringBuilder();
    held.forEach((of, begun) -> {
      Pieces.in(begun.event()).stream()
          .filter(piece -> piece.of().equals(of))
          .forEach(piece -> piece.holder().put(piece.field(), begun.text()));
      events.append(text(begun.name(), begun.event()));
    });
    held.clear();
    return events.toString();
  }

  private static String name(ServerEvent event) {
    return event
        .text()
        .lines()
        .filter(line -> line.startsWith("event:"))
        .findFirst()
        .map(line -> line + "\n")
        .orElse("");
  }

  private static String text(String name, JsonNode content) {
    return name + "data: " + Wire.JSON.writeValueAsString(content) + "\n\n";
  }
}
