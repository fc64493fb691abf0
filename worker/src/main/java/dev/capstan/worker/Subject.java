package dev.capstan.worker;

import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.run.Baseline;

/**
 * What is judged: a commit, made from another, compared with the run's base.
 *
 * @param step and the number of its attempt; "" and 0 for the run's branch as a whole
 */
record Subject(
    CommitId commit,
    CommitId from,
    CommitId base,
    Baseline baseline,
    Scope scope,
    Expectations expectations,
    String step,
    int attempt) {}
