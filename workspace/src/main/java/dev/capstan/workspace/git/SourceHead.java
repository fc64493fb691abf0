package dev.capstan.workspace.git;

import java.util.List;

/**
 * The source's default branch.
 *
 * @param target the ref that the mirror's HEAD points at
 * @param refspecs what to fetch beside branches and tags
 */
record SourceHead(String target, List<String> refspecs) {
  private static final String SYMBOLIC = "ref: ";

  /** Reads the lines of {@code git ls-remote --symref}. */
  static SourceHead of(List<String> listing, Remote remote) {
    if (listing.isEmpty()) {
      throw GitFailure.lasting(
          "the repository " + remote.shown() + " is empty; make a first commit there");
    }
    boolean hasHead = listing.stream().anyMatch(line -> line.endsWith("\tHEAD"));
    return listing.stream()
        .filter(line -> line.startsWith(SYMBOLIC) && line.endsWith("\tHEAD"))
        .map(line -> line.substring(SYMBOLIC.length(), line.indexOf('\t')))
        .filter(ref -> ref.startsWith("refs/heads/"))
        .findFirst()
        .map(ref -> new SourceHead(ref, List.of()))
        .orElseGet(() -> detached(hasHead));
  }

  /** With no HEAD at all the target stays unborn, and a branch must be named. */
  private static SourceHead detached(boolean hasHead) {
    List<String> refspecs = hasHead ? List.of("+HEAD:" + Mirrors.DETACHED) : List.of();
    return new SourceHead(Mirrors.DETACHED, refspecs);
  }
}
