package dev.capstan.knowledge.graph;

import java.util.List;

/**
 * A node with all that is known to refer to it, and all that it refers to.
 *
 * @param open places that may refer to it, but do not say so: of its name, and not resolved
 * @param gaps why something may refer to it that is not listed; none if the answer is complete
 */
public record Neighbourhood(
    Node node, List<Edge> in, List<Edge> out, List<Edge> open, List<String> gaps) {
  public Neighbourhood {
    in = List.copyOf(in);
    out = List.copyOf(out);
    open = List.copyOf(open);
    gaps = List.copyOf(gaps);
  }

  /** True if nothing else in the tree refers to the node. */
  public boolean isComplete() {
    return gaps.isEmpty();
  }
}
