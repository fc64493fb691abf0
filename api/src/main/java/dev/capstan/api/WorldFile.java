package dev.capstan.api;

/**
 * A file of an indexed tree.
 *
 * @param blob the id that git gives its content; "" where it was not read
 * @param size in bytes
 * @param state indexed, partial, skipped, opted out or failed
 * @param stale true if it is different, or gone, where its branch is now
 */
public record WorldFile(String path, String blob, long size, String state, boolean stale) {}
