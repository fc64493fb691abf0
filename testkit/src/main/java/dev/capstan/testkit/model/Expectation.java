package dev.capstan.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request must be like.
 *
 * @param contains texts that stand somewhere in it
 * @param lacks texts that stand nowhere in it
 * @param tools that it offers
 * @param model that it asks for
 */
public record Expectation(
    List<String> contains, List<String> lacks, List<String> tools, Optional<String> model) {
  public static final Expectation ANYTHING =
      new Expectation(List.of(), List.of(), List.of(), Optional.empty());

  public Expectation {
    contains = List.copyOf(contains);
    lacks = List.copyOf(lacks);
    tools = List.copyOf(tools);
  }

  /** What is not so, as sentences. */
  List<String> unmet(Asked asked) {
    List<String> unmet = new ArrayList<>();
    contains.stream()
        .filter(text -> !asked.holds(text))
        .forEach(text -> unmet.add("it does not contain \"" + text + '"'));
    lacks.stream().filter(asked::holds).forEach(text -> unmet.add("it contains \"" + text + '"'));
    tools.stream()
        .filter(tool -> asked.tools().stream().noneMatch(each -> each.name().equals(tool)))
        .forEach(tool -> unmet.add("it offers no tool \"" + tool + "\" but " + asked.toolNames()));
    model
        .filter(wanted -> !wanted.equals(asked.model()))
        .ifPresent(wanted ->
            unmet.add("it asks for the model \"" + asked.model() + "\", not \"" + wanted + '"'));
    return unmet;
  }
}
