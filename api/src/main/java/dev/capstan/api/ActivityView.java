package dev.capstan.api;

import java.time.Instant;

/** One line that work printed; {@code channel} is out, err or note. */
public record ActivityView(
    long position, String step, int attempt, String channel, String text, Instant at) {}
