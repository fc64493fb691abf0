package dev.capstan.api;

import java.util.Map;

/** Values for the parameters of a template. */
public record FillTemplate(Map<String, String> values) {
  public FillTemplate {
    values = Map.copyOf(values);
  }
}
