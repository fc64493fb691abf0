package dev.capstan.api;

import dev.capstan.api.CreateRun.PlanDocument;

/**
 * Asks what may be expected of the steps of a plan.
 *
 * @param project its name; "" derives it from the source
 * @param source a URL or an absolute path; "" if the project is registered
 */
public record EstimatePlan(String project, String source, PlanDocument plan) {}
