package dev.capstan.api;

/**
 * Whether the audit is whole: each entry follows the one before it by its hash. What was removed
 * from its end shows only to whoever has kept an earlier position and hash.
 *
 * @param whole true if every entry follows
 * @param broken the first that does not; 0 if all do
 * @param position of the last entry
 * @param hash of the last entry
 */
public record AuditCheck(boolean whole, long broken, long position, String hash) {}
