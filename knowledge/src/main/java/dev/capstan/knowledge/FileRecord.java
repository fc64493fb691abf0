package dev.capstan.knowledge;

/**
 * One file of a tree.
 *
 * @param blob the id that git gives its content; "" where it was not read
 * @param size in bytes
 */
public record FileRecord(String path, String blob, long size, Language language, FileState state) {}
