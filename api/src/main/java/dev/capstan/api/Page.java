package dev.capstan.api;

import java.util.List;

/**
 * A part of a list.
 *
 * @param next what to send as {@code after} for the part that follows; "" if this is the last
 */
public record Page<T>(List<T> items, String next) {
  public Page {
    items = List.copyOf(items);
  }
}
