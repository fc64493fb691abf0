package dev.capstan.core.policy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Values from one place.
 *
 * @param origin where they come from, for people: {@code pack strict, version 1}
 */
public record Layer(String origin, Map<Setting, Value> values) {
  public Layer {
    EnumMap<Setting, Value> copy = new EnumMap<>(Setting.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
    if (values.get(Setting.ON_FAILURE) instanceof Value.Actions(var actions)) {
      Actions.responses(actions);
    }
  }
}
