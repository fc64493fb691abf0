package dev.capstan.bench;

/**
 * One measured number of one round.
 *
 * @param subject who was measured, doing what
 * @param metric what was measured, with its unit
 */
record Figure(String subject, String metric, double value) {}
