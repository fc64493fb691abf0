package dev.capstan.engines.chat;

import java.util.List;

/** What is said in a conversation. */
public sealed interface Message {
  /** To the model. */
  record User(String text) implements Message {}

  /** By the model: words, tools that it calls, or both. */
  record Assistant(String text, List<ToolCall> calls) implements Message {
    public Assistant {
      calls = List.copyOf(calls);
    }
  }

  /** What came of the calls before, in their order. */
  record Results(List<ToolResult> results) implements Message {
    public Results {
      results = List.copyOf(results);
    }
  }

  /** What came of one call, as text. */
  record ToolResult(String id, String text) {}
}
