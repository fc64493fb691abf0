package dev.capstan.knowledge.index;

/** Told about each file; it may end the work between two. */
@FunctionalInterface
public interface Progress {
  Progress SILENT = (_, _) -> true;

  /** False if the work is to end; what was done is kept and used next time. */
  boolean goesOn(int done, int total);
}
