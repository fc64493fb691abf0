package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.Language;

/** A file of the tree with what was parsed of it. */
public record ParsedFile(String path, Language language, Parsed parsed) {}
