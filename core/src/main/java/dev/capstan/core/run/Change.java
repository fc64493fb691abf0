package dev.capstan.core.run;

/** The size of a change, in files and lines. */
public record Change(int files, int linesAdded, int linesDeleted) {}
