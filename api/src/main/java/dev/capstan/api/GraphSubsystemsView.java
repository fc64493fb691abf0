package dev.capstan.api;

import java.util.List;

/** The subsystems of a tree and how they depend on each other. */
public record GraphSubsystemsView(
    String project, String tree, String commit, List<Subsystem> subsystems) {
  public GraphSubsystemsView {
    subsystems = List.copyOf(subsystems);
  }

  /** A module, or a folder where a repository is one module. */
  public record Subsystem(String id, int files, List<Dependency> dependencies) {
    public Subsystem {
      dependencies = List.copyOf(dependencies);
    }
  }

  /**
   * That one subsystem refers to another.
   *
   * @param links in so many places
   * @param example one of these
   */
  public record Dependency(String on, int links, GraphEdge example) {}
}
