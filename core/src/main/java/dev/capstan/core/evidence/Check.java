package dev.capstan.core.evidence;

/**
 * One check of a change.
 *
 * @param name which check
 * @param verdict what it means
 * @param reason one sentence for a reviewer, with the figures before and after
 */
public record Check(CheckName name, Verdict verdict, String reason) {}
