package dev.capstan.verification.dilution;

import java.util.List;
import java.util.Set;

/**
 * What a test does, as far as it can be weaker or not.
 *
 * @param assertions those of the functions it calls too
 * @param guarded how many of them stand under a condition
 * @param leavesEarly how often it may end before its last assertion
 * @param swallows places where a failure is caught and nothing follows from it
 * @param skips what keeps it from running
 * @param timeout the longest it says it may take, in the unit of its tool; 0 if it says none
 * @param rows how many values its data has
 * @param body its tokens
 * @param words its tokens without order
 */
record TestShape(
    TestName name,
    boolean test,
    List<Assertion> assertions,
    int guarded,
    int leavesEarly,
    List<String> swallows,
    List<String> skips,
    double timeout,
    int rows,
    String body,
    Set<String> words) {
  TestShape {
    assertions = List.copyOf(assertions);
    swallows = List.copyOf(swallows);
    skips = List.copyOf(skips);
    words = Set.copyOf(words);
  }
}
