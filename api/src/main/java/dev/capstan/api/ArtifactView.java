package dev.capstan.api;

/** A file that work left behind, named by the SHA-256 of its content. */
public record ArtifactView(String step, int attempt, String name, String hash, long bytes) {}
