package dev.capstan.api;

/**
 * Takes back what a run delivered, by a run of its own. Sending it again with the same {@code id}
 * changes nothing and answers the same.
 *
 * @param id of the new run, chosen by the sender
 * @param start whether to start at once
 */
public record RevertRun(String id, boolean start) {}
