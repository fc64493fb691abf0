package dev.capstan.engines.planner;

/**
 * A file that a goal is about, and why.
 *
 * @param file path from the repository's root
 * @param mended path of the file that a step may change for it, which may not be there yet
 * @param lines of {@code file}, such as {@code 3,7-9}
 * @param why with its figures, such as "shop.Basket: 12 of 40 lines are not covered"
 */
public record Spot(String file, String mended, String lines, String why) {}
