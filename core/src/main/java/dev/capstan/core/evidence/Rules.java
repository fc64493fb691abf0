package dev.capstan.core.evidence;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the effective policy of a project asks of every change.
 *
 * @param protectedPaths globs of the files that no step may change
 * @param changedLinesCovered the least share of changed lines that tests must execute, in
 *     hundredths of a percent; 0 asks for none
 * @param leastConfidence below which a person is asked, in hundredths; 0 never asks
 * @param forbiddenLicences SPDX identifiers that no new dependency may have
 * @param leftOut checks that are not made; the record says so
 * @param responses what follows a failure
 * @param largest how much a pull request may change
 */
public record Rules(
    List<String> protectedPaths,
    int changedLinesCovered,
    int leastConfidence,
    List<String> forbiddenLicences,
    Set<CheckName> leftOut,
    Responses responses,
    Size largest) {
  public static final Rules DEFAULT = new Rules(List.of(), 0, 80, List.of(), Set.of());

  /** So many files and changed lines, those added and those deleted together. */
  public record Size(int files, int lines) {
    public static final Size UNLIMITED = new Size(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  public Rules {
    protectedPaths = List.copyOf(protectedPaths);
    forbiddenLicences = List.copyOf(forbiddenLicences);
    EnumSet<CheckName> ordered = EnumSet.noneOf(CheckName.class);
    ordered.addAll(leftOut);
    leftOut = Collections.unmodifiableSet(ordered);
    if (changedLinesCovered < 0 || changedLinesCovered > 10_000) {
      throw new IllegalArgumentException("changedLinesCovered is from 0 to 10000");
    }
    if (leastConfidence < 0 || leastConfidence > 100) {
      throw new IllegalArgumentException("leastConfidence is from 0 to 100");
    }
  }

  /** Rules with the usual responses, for changes of any size. */
  public Rules(
      List<String> protectedPaths,
      int changedLinesCovered,
      int leastConfidence,
      List<String> forbiddenLicences,
      Set<CheckName> leftOut) {
    this(
        protectedPaths,
        changedLinesCovered,
        leastConfidence,
        forbiddenLicences,
        leftOut,
        Responses.DEFAULT,
        Size.UNLIMITED);
  }
}
