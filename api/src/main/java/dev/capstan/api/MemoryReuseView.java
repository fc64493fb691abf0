package dev.capstan.api;

/**
 * How much what is remembered of a project was of use.
 *
 * @param memories there are
 * @param plannings of goals by a model that asked
 * @param planningsOffered to so many of them something was offered
 * @param attempts of coding agents that asked
 * @param attemptsOffered to so many of them something was offered
 * @param endedWith of these, so many have ended
 * @param passedWith of these, so many passed
 * @param endedWithout of attempts that were offered nothing, so many have ended
 * @param passedWithout of these, so many passed
 */
public record MemoryReuseView(
    String project,
    long memories,
    long plannings,
    long planningsOffered,
    long attempts,
    long attemptsOffered,
    long endedWith,
    long passedWith,
    long endedWithout,
    long passedWithout) {}
