package dev.capstan.api;

import java.util.List;

/**
 * What a model may be given to read for a goal, within a budget of tokens.
 *
 * @param tree that it is from
 * @param commit of it; "" for a work tree
 * @param tokens how many the text has
 * @param named the files that are named in it, the most likely first
 * @param pieces the ids of the pieces that are in it, {@code path@blob#Lx-Ly}
 * @param text in Markdown
 */
public record ContextView(
    String project,
    String tree,
    String commit,
    int tokens,
    List<String> named,
    List<String> pieces,
    String text) {
  public ContextView {
    named = List.copyOf(named);
    pieces = List.copyOf(pieces);
  }
}
