package dev.capstan.api;

import java.time.Instant;

/**
 * Something that is halted as a whole, until it is lifted.
 *
 * @param reach installation, organisation or project
 * @param id of the organisation or project; "" for the installation
 * @param by who wanted it
 */
public record HaltView(String reach, String id, String reason, String by, Instant since) {}
