package dev.capstan.control.records;

import java.time.Instant;

/** A place in a list that has the newest first; of several of one time, the largest id. */
public record Place(Instant at, String id) {}
