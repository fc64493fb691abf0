package dev.capstan.core.policy;

import dev.capstan.core.Slugs;
import java.util.Map;

/**
 * A named, versioned set of values; what it leaves out is as in the built-in {@code standard}.
 *
 * @param name a slug
 * @param version counts from 1; grows with every change of its values
 * @param summary one sentence
 */
public record Pack(String name, int version, String summary, Map<Setting, Value> values) {
  public Pack {
    if (!Slugs.isSlug(name) || version < 1) {
      throw new IllegalArgumentException(
          "a policy pack has a name of a-z, 0-9, '.', '_' and '-' and a version of at least 1, but was \""
              + name
              + "\" "
              + version);
    }
    values = new Layer(name, values).values();
  }

  public Layer layer() {
    return new Layer("pack " + name + " version " + version, values);
  }
}
