package dev.capstan.engines.acp;

import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.OutputListener.Stream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;

/** Tells people what an agent says and does, line by line. Heard by one thread at a time. */
final class Updates {
  private static final int LONGEST_WORDS = 400;
  private static final int MOST_LAST_WORDS = 16_000;

  private final OutputListener output;
  private final Watch watch;
  private final LongSupplier clock;
  private final StringBuilder said = new StringBuilder();
  private final Map<String, String> calls = new HashMap<>();
  private final StringBuilder words = new StringBuilder();
  private boolean goesOn;
  private String saying = "";

  Updates(OutputListener output, Watch watch, LongSupplier clock) {
    this.output = output;
    this.watch = watch;
    this.clock = clock;
  }

  /** An update of the session; a kind that is not known is a sign of life and no more. */
  void hear(JsonNode update) {
    watch.sign(clock.getAsLong());
    switch (update.path("sessionUpdate").asString("")) {
      case "agent_message_chunk" -> {
        String text = update.path("content").path("text").asString("");
        keep(text);
        say("agent", text);
      }
      case "agent_thought_chunk" ->
          say("thought", update.path("content").path("text").asString(""));
      case "tool_call" -> called(update);
      case "tool_call_update" -> changed(update);
      case "plan" -> planned(update.path("entries"));
      default -> {}
    }
  }

  /** What it says after it has done something is a new message. */
  private void keep(String text) {
    if (!goesOn) {
      words.setLength(0);
      goesOn = true;
    }
    words.append(text);
    if (words.length() > MOST_LAST_WORDS) {
      words.delete(0, words.length() - MOST_LAST_WORDS);
    }
  }

  /** The end of the last message to whoever asked it; "" if it said nothing. */
  String lastWords() {
    return words.toString().strip();
  }

  /** Text comes in pieces; it is told when a line is whole or something else happens. */
  private void say(String who, String text) {
    if (!who.equals(saying)) {
      flush();
      saying = who;
    }
    said.append(text);
    int end = said.indexOf("\n");
    while (end >= 0) {
      tell(who + ": " + said.substring(0, end));
      said.delete(0, end + 1);
      end = said.indexOf("\n");
    }
  }

  private void called(JsonNode update) {
    String called = update.path("title").asString("") + ' ' + update.path("rawInput");
    watch.call(called, clock.getAsLong());
    goesOn = false;
    String title = title(update);
    calls.put(update.path("toolCallId").asString(""), title);
    flush();
    tell("tool: " + title);
  }

  private void changed(JsonNode update) {
    String status = update.path("status").asString("");
    if (status.equals("completed") || status.equals("failed")) {
      flush();
      String title = calls.getOrDefault(update.path("toolCallId").asString(""), title(update));
      tell("tool: " + title + ": " + status);
    }
  }

  private static String title(JsonNode update) {
    String kind = update.path("kind").asString("");
    String title = update.path("title").asString("");
    return kind.isEmpty() ? title : kind + ' ' + title;
  }

  private void planned(JsonNode entries) {
    flush();
    for (JsonNode entry : entries) {
      tell(
          "plan: ["
              + entry.path("status").asString("")
              + "] "
              + entry.path("content").asString(""));
    }
  }

  /** Tells what was said of a line that is not whole yet. */
  void flush() {
    if (!said.isEmpty()) {
      tell(saying + ": " + said);
      said.setLength(0);
    }
  }

  private void tell(String line) {
    String cut = line.length() > LONGEST_WORDS ? line.substring(0, LONGEST_WORDS) + '…' : line;
    output.line(Stream.OUT, cut.replace('\n', ' '));
  }
}
