package dev.capstan.models.wire;

import tools.jackson.databind.node.ObjectNode;

/**
 * A request to a model.
 *
 * @param model as the agent calls it
 * @param streams true if the answer is to come as a stream
 * @param suffix of the address at the provider, such as {@code ?beta=true}
 */
public record Question(Wire wire, String model, boolean streams, String suffix, ObjectNode body) {}
