package dev.capstan.api;

/** An organisation, by its name. */
public record OrganisationView(String name) {}
