package dev.capstan.models.records;

import dev.capstan.models.wire.Protocol;
import dev.capstan.models.wire.Usage;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call of a model, as it went.
 *
 * @param id unique
 * @param asked the model's name as the agent had it
 * @param used the configured model that answered; empty if none did
 * @param promptHash SHA-256 of what was asked, as it was sent but for a notice of ours, in a
 *     canonical form
 * @param usage what the answer took when a provider gave it; empty if that was not said
 * @param microDollars empty if nobody knows
 * @param prices version of the price table
 * @param firstTokenMillis until the first piece came
 * @param millis in all
 * @param retries beyond the first try, over all providers
 * @param origin where the answer came from; only one from a provider took tokens
 * @param detail why it ended so, for people; empty if it is well
 */
public record ModelCall(
    String id,
    Asker asker,
    Instant at,
    Protocol protocol,
    String asked,
    String used,
    String promptHash,
    Optional<Usage> usage,
    OptionalLong microDollars,
    String prices,
    OptionalLong firstTokenMillis,
    long millis,
    int retries,
    Origin origin,
    CallOutcome outcome,
    String detail) {}
