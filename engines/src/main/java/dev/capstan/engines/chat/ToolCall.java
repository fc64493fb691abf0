package dev.capstan.engines.chat;

import tools.jackson.databind.JsonNode;

/**
 * A model's wish to use a tool.
 *
 * @param arguments an object; a missing node if what the model wrote is none
 */
public record ToolCall(String id, String tool, JsonNode arguments) {}
