package dev.capstan.core.run;

/** Where the change was delivered. */
public record PullRequest(int number, String url) {}
