package dev.capstan.engines.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a plan asks of an agent: {@code model=NAME}, {@code role=NAME}, and words of its own beside
 * the step's.
 *
 * @param role as the plan has it
 * @param wish may be ""
 */
public record AgentWork(Optional<String> model, String role, String wish) {
  private static final String MODEL = "model=";
  private static final String ROLE = "role=";
  private static final int LONGEST_WISH = 50_000;

  public static AgentWork of(List<String> arguments) {
    Optional<String> model = Optional.empty();
    String role = Role.CODER.word();
    List<String> words = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith(MODEL)) {
        model = Optional.of(argument.substring(MODEL.length()));
      } else if (argument.startsWith(ROLE)) {
        role = argument.substring(ROLE.length());
      } else {
        words.add(argument);
      }
    }
    return new AgentWork(model, role, String.join("\n", words));
  }

  /** The role that it is to have; a step is not planned by itself. */
  public Role asRole() {
    return known().orElseThrow(() -> new IllegalStateException("no role " + role));
  }

  private Optional<Role> known() {
    return Role.of(role).filter(known -> known != Role.PLANNER);
  }

  /** Why no agent can be asked so; empty if one can. */
  public static Optional<String> fault(List<String> arguments) {
    AgentWork work = of(arguments);
    if (work.model().filter(String::isBlank).isPresent()) {
      return Optional.of("model= names no model");
    }
    if (work.known().isEmpty()) {
      return Optional.of(
          "there is no role \""
              + work.role()
              + "\"; a step can be done by one of "
              + Arrays.stream(Role.values())
                  .filter(one -> one != Role.PLANNER)
                  .map(Role::word)
                  .toList());
    }
    return work.wish().length() > LONGEST_WISH
        ? Optional.of("an agent is asked in at most " + LONGEST_WISH + " characters")
        : Optional.empty();
  }
}
