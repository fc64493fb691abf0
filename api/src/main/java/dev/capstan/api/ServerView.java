package dev.capstan.api;

/**
 * A server of the installation.
 *
 * @param id of its data folder
 * @param name of its machine
 * @param url where it is reached
 * @param startedAt ISO 8601, as all times
 * @param state up; ended, if it said that it goes; lost, if it was not heard for some seconds
 * @param silentSeconds since it was heard
 */
public record ServerView(
    String id,
    String name,
    String url,
    String version,
    String startedAt,
    String state,
    long silentSeconds) {}
