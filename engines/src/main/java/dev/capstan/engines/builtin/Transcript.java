package dev.capstan.engines.builtin;

import dev.capstan.engines.chat.Message;
import dev.capstan.engines.chat.Message.ToolResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said, as far as it is sent again with each turn: when it grows too long, what tools
 * answered long ago is left out, oldest first. Words of people and of the model stay.
 */
final class Transcript {
  private static final String LEFT_OUT =
      "[left out to save room: call the tool again if you need it]";
  private static final int KEPT = 6;

  private final int longest;
  private final List<Message> messages = new ArrayList<>();

  Transcript(int longest) {
    this.longest = longest;
  }

  void add(Message message) {
    messages.add(message);
    int room = longest - messages.stream().mapToInt(Transcript::length).sum();
    for (int i = 0; room < 0 && i < messages.size() - KEPT; i++) {
      if (messages.get(i) instanceof Message.Results(var results)) {
        Message shorter =
            new Message.Results(
                results.stream()
                    .map(one -> new ToolResult(one.id(), shorter(one.text())))
                    .toList());
        room += length(messages.get(i)) - length(shorter);
        messages.set(i, shorter);
      }
    }
  }

  private static String shorter(String text) {
    return text.length() > LEFT_OUT.length() ? LEFT_OUT : text;
  }

  private static int length(Message message) {
    return switch (message) {
      case Message.User(var text) -> text.length();
      case Message.Assistant(var text, var calls) ->
          text.length()
              + calls.stream().mapToInt(call -> call.arguments().toString().length()).sum();
      case Message.Results(var results) ->
          results.stream().mapToInt(result -> result.text().length()).sum();
    };
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }
}
