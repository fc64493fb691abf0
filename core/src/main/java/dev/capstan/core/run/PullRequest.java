package dev.capstan.core.run;

/**
 * Where a change, or a part of it, was delivered.
 *
 * @param branch that holds it; "" if it was recorded before branches were
 */
public record PullRequest(int number, String url, String branch) {}
