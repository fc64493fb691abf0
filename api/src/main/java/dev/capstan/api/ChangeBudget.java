package dev.capstan.api;

/**
 * Other limits for an account.
 *
 * @param tokens the hard limit, or with {@code more} what is added to it; -1 to leave it
 * @param dollars likewise; "" to leave it
 * @param more true to add
 */
public record ChangeBudget(long tokens, String dollars, boolean more) {}
