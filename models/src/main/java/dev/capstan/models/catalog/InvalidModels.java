package dev.capstan.models.catalog;

import java.util.List;

/** A configuration of models that cannot be used; every mistake of it is a line of the message. */
public final class InvalidModels extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidModels(List<String> mistakes) {
    super(String.join("\n", mistakes));
  }
}
