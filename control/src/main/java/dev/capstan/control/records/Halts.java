package dev.capstan.control.records;

import dev.capstan.control.access.OrganisationId;
import dev.capstan.core.ProjectId;
import java.time.Instant;
import java.util.List;

/**
 * What is halted as a whole. A halt is there until it is lifted; meanwhile nothing under it is
 * handed out, on any server, whatever becomes of the one that was told.
 */
public interface Halts {
  /** What a halt is about. */
  sealed interface Reach {
    /** The installation. */
    record Everything() implements Reach {}

    /** An organisation. */
    record Organisation(OrganisationId id) implements Reach {}

    /** A project. */
    record Project(ProjectId id) implements Reach {}
  }

  /** One of them; {@code by} is who wanted it. */
  record Halt(Reach reach, String why, String by, Instant at) {}

  /**
   * Begins a halt, if there is none of that reach: takes back every task that is handed out under
   * it, and tells the servers whose workers have them. Durable when it returns.
   */
  void begin(Reach reach, String why, String by);

  /** Ends a halt; one that is not there is ended already. */
  void end(Reach reach);

  /** Those that concern what one may see, oldest first. */
  List<Halt> list();

  /** Those that hold a project. */
  List<Halt> over(ProjectId project);
}
