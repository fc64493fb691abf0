package dev.capstan.knowledge.graph;

import java.util.List;

/**
 * A module, or a folder where a repository is one module.
 *
 * @param dependencies on others, the one with most links first
 */
public record Subsystem(Node node, int files, List<Dependency> dependencies) {
  public Subsystem {
    dependencies = List.copyOf(dependencies);
  }

  /**
   * That one refers to another.
   *
   * @param links in so many places
   * @param example one of these places
   */
  public record Dependency(String on, int links, Edge example) {}
}
