package dev.capstan.knowledge.index;

/**
 * What an update of a view did.
 *
 * @param parsed files that were parsed; all others were there already, or are not indexed
 * @param quarantined files of these that could not be parsed and were cut by lines
 * @param removed contents that no view has any more
 */
public record Update(
    String view, String commit, int files, int parsed, int quarantined, int removed) {}
