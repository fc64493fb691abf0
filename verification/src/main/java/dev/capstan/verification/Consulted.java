package dev.capstan.verification;

import java.util.List;

/**
 * What others were asked about a change, beside its measurement.
 *
 * @param licences of dependencies, as far as they are known
 * @param mutation what mutation testing says
 * @param scans what other programs found when they looked for secrets
 */
public record Consulted(Licences licences, Mutation mutation, List<SecretsScan> scans) {
  public static final Consulted NOBODY =
      new Consulted(Licences.UNKNOWN, Mutation.notAsked("no mutation tool was run"), List.of());

  public Consulted {
    scans = List.copyOf(scans);
  }

  /** The same, where licences of dependencies are known. */
  public Consulted with(Licences known) {
    return new Consulted(known, mutation, scans);
  }
}
