package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Violation;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.claims.ClaimsCheck;
import dev.capstan.verification.claims.Facts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an engine says of its work, which is kept as an artifact, against the evidence. */
final class Claims {
  /** The artifact with an attempt's last words. */
  static final String WORDS = "last-words.txt";

  private final Workshop workshop;
  private final LeasedTask leased;

  Claims(Workshop workshop, LeasedTask leased) {
    this.workshop = workshop;
    this.leased = leased;
  }

  /** The evidence with the check of the words. An engine that says nothing claims nothing. */
  Evidence of(Subject subject, Evidence evidence) throws IOException {
    Optional<Artifact> words =
        workshop
            .artifacts()
            .find(leased.run(), new Artifacts.Key(subject.step(), subject.attempt(), WORDS));
    boolean required = subject.expectations().required().contains(CheckName.CLAIMS);
    if (words.isEmpty() && !required) {
      return evidence;
    }
    String said = words.isPresent() ? workshop.store().text(words.get().hash()) : "";
    ClaimsCheck.Result result = ClaimsCheck.of(said, facts(subject, evidence));
    return new Evidence(
        evidence.commit(),
        with(evidence.checks(), List.of(result.check())),
        with(evidence.violations(), result.violations()),
        evidence.report(),
        evidence.confidence(),
        evidence.ignored());
  }

  /** What is not true of the words of an engine that changed nothing of that commit. */
  List<Violation> ofNoChange(String words, CommitId from) {
    return ClaimsCheck.of(words, Facts.ofNoChange(sources(from))).violations();
  }

  private Facts facts(Subject subject, Evidence evidence) throws IOException {
    List<Changed> changes =
        Verification.changes(workshop.git(), leased.project(), subject.from(), subject.commit());
    return new Facts(
        changes,
        sources(subject.from()),
        sources(subject.commit()),
        evidence.checks(),
        Optional.of(MeasurementCodec.read(workshop.store().text(evidence.report()))));
  }

  private CommitSources sources(CommitId commit) {
    return new CommitSources(workshop.git(), leased.project(), commit);
  }

  private static <T> List<T> with(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
