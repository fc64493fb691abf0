package dev.capstan.knowledge.pack;

import java.util.List;

/**
 * What a model gets to read.
 *
 * @param commit that it is from; "" for a work tree
 * @param tokens how many the text has
 * @param named the paths that the map names, the most likely first
 * @param pieces the ids of the pieces whose text is in it, {@code path@blob#Lx-Ly}
 */
public record ContextPack(
    String commit, int tokens, List<String> named, List<String> pieces, String text) {
  public ContextPack {
    named = List.copyOf(named);
    pieces = List.copyOf(pieces);
  }
}
