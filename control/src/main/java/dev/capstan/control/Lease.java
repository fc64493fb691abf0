package dev.capstan.control;

/**
 * The right to do a task, until it is taken away.
 *
 * @param task the task's number
 * @param token a fencing token: it is never given out twice, not even after a crash
 */
public record Lease(long task, long token) {}
