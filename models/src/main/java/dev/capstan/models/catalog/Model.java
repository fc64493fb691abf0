package dev.capstan.models.catalog;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A model that agents may use.
 *
 * @param name by which it is configured
 * @param id what its provider calls it
 * @param aliases other names that agents may call it by; {@code *} stands for any characters
 * @param price empty if nobody knows it
 * @param context tokens that it takes at most
 * @param fallbacks names of models that answer where it does not, in this order
 */
public record Model(
    String name,
    Provider provider,
    String id,
    List<String> aliases,
    Optional<Price> price,
    long context,
    List<String> fallbacks) {
  public Model {
    aliases = List.copyOf(aliases);
    fallbacks = List.copyOf(fallbacks);
  }

  boolean isCalled(String asked) {
    return name.equals(asked) || id.equals(asked) || aliases.contains(asked);
  }

  boolean mayBeCalled(String asked) {
    return aliases.stream().anyMatch(alias -> matches(alias, asked));
  }

  private static boolean matches(String alias, String asked) {
    StringBuilder pattern = new StringBuilder();
    for (String piece : alias.split("[*]", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(piece));
    }
    return asked.matches(pattern.toString());
  }
}
