package dev.capstan.core.run;

import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.plan.Plan;

/**
 * What a run was asked to do; it never changes.
 *
 * @param base branch, tag or commit to start from; empty for the default branch
 * @param plan the steps to carry out
 */
public record Brief(
    RunId run, ProjectId project, String goal, String base, Plan plan, RunPolicy policy) {}
