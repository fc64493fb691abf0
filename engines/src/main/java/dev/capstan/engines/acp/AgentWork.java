package dev.capstan.engines.acp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a plan asks of an agent: {@code model=NAME}, and words of its own beside the step's.
 *
 * @param wish may be ""
 */
record AgentWork(Optional<String> model, String wish) {
  private static final String MODEL = "model=";
  private static final int LONGEST_WISH = 50_000;

  static AgentWork of(List<String> arguments) {
    Optional<String> model = Optional.empty();
    List<String> words = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith(MODEL)) {
        model = Optional.of(argument.substring(MODEL.length()));
      } else {
        words.add(argument);
      }
    }
    return new AgentWork(model, String.join("\n", words));
  }

  static Optional<String> fault(List<String> arguments) {
    AgentWork work = of(arguments);
    if (work.model().filter(String::isBlank).isPresent()) {
      return Optional.of("model= names no model");
    }
    return work.wish().length() > LONGEST_WISH
        ? Optional.of("an agent is asked in at most " + LONGEST_WISH + " characters")
        : Optional.empty();
  }
}
