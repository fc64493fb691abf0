package dev.capstan.api;

import java.time.Instant;

/**
 * One call of a language model.
 *
 * @param step "" for the run as a whole
 * @param purpose work or verification
 * @param protocol responses, chat-completions, messages or gemini
 * @param asked the model's name as the agent had it
 * @param used the configured model that answered; "" if none did
 * @param prompt name, version and SHA-256 of the prompt that the work was asked with; may be ""
 * @param metered false if the provider did not say what it took; the tokens are then 0
 * @param input tokens of the prompt, those from the provider's cache included
 * @param output tokens of the answer, those of reasoning included
 * @param dollars "unknown" if nobody knows
 * @param prices version of the price table
 * @param firstTokenMillis until the first piece came; -1 if none did
 * @param retries beyond the first try
 * @param fromCache true if no provider was asked; the tokens are then only what that spared
 * @param origin provider, cache (kept from before), joined (somebody else was asking) or recording
 * @param outcome answered, cut, broken, failed, rejected or refused
 * @param detail why it ended so
 */
public record ModelCallView(
    String id,
    String step,
    int attempt,
    String purpose,
    Instant at,
    String protocol,
    String asked,
    String used,
    String promptHash,
    String prompt,
    boolean metered,
    long input,
    long cached,
    long output,
    long reasoning,
    String dollars,
    String prices,
    long firstTokenMillis,
    long millis,
    int retries,
    boolean fromCache,
    String origin,
    String outcome,
    String detail) {}
