package dev.capstan.core.run;

import dev.capstan.core.ContentHash;

/**
 * What was measured of the base commit.
 *
 * @param measurement the artifact with every test case and the coverage
 * @param summary one sentence with its figures
 */
public record Baseline(ContentHash measurement, String summary) {}
