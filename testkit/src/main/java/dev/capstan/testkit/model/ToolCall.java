package dev.capstan.testkit.model;

import java.util.Map;

/** A use of a tool that was offered, with the arguments that it takes. */
record ToolCall(String id, String tool, Map<String, Object> arguments) {}
