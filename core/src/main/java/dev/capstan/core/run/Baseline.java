package dev.capstan.core.run;

import dev.capstan.core.ContentHash;

/**
 * What was measured of the base commit.
 *
 * @param measurement the artifact with every test case and the coverage
 * @param recipe a hash of the commands it was measured with; measurements of another recipe do not
 *     compare
 * @param summary one sentence with its figures
 */
public record Baseline(ContentHash measurement, String recipe, String summary) {}
