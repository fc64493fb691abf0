package dev.capstan.api;

/**
 * What calls of language models took, together.
 *
 * @param calls that were sent to a provider
 * @param input tokens, those from the provider's cache included
 * @param output tokens, those of reasoning included
 * @param unmetered calls of which the provider did not say what they took
 * @param dollars what is known of the cost
 * @param unpriced calls whose cost nobody knows; {@code dollars} is without them
 * @param answeredAgain calls that no provider was asked for, since the answer was known
 * @param saved tokens that those answers took when they were given
 */
public record SpendingView(
    int calls,
    long input,
    long cached,
    long output,
    int unmetered,
    String dollars,
    int unpriced,
    int answeredAgain,
    long saved) {}
