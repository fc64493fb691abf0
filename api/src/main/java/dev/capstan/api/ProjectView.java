package dev.capstan.api;

/** A registered repository; {@code source} is a URL or an absolute path. */
public record ProjectView(String id, String source, int slots) {}
