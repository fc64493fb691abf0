package dev.capstan.api;

/** A named set of policy values. */
public record PolicyPackView(String name, int version, String summary) {}
