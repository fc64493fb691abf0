package dev.capstan.api;

/** What a language model answered. */
public record ModelSaid(String text) {}
