package dev.capstan.api;

/**
 * A file, a symbol, a test, a document or a subsystem.
 *
 * @param id a path; {@code path#Qualified.name} for what is in a file; {@code folder/} for a
 *     subsystem
 * @param kind file, symbol, test, doc or subsystem
 * @param firstLine 0 where there are no lines
 */
public record GraphNode(
    String id, String kind, String name, String path, int firstLine, int lastLine) {}
