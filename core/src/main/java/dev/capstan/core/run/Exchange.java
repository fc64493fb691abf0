package dev.capstan.core.run;

/** What an engine asked, and what a person said. */
public record Exchange(String question, String answer) {}
