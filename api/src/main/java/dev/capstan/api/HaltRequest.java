package dev.capstan.api;

/** Stops everything at once; {@code reason} is recorded and shown. */
public record HaltRequest(String reason) {}
