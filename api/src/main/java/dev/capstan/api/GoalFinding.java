package dev.capstan.api;

/**
 * A file that a goal is about, and why.
 *
 * @param kind {@code coverage} or {@code secrets}
 * @param file path from the repository's root
 * @param lines of the file, such as {@code 3,7-9}
 * @param test path of the file that a step may change for it; the file itself for secrets
 * @param why one sentence with the figures, such as "shop.Basket: 12 of 40 lines are not covered";
 *     never the value of a secret
 */
public record GoalFinding(String kind, String file, String lines, String test, String why) {}
