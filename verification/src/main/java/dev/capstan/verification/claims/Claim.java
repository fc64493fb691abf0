package dev.capstan.verification.claims;

import java.util.List;

/**
 * Something an agent says of its own work that can be compared with what was measured.
 *
 * @param sentence in its words
 * @param files that the claim is about, as it names them; may be empty
 */
record Claim(Kind kind, String sentence, List<String> files) {
  Claim {
    files = List.copyOf(files);
  }

  enum Kind {
    TESTS_PASS,
    BUILD_WORKS,
    LINT_CLEAN,
    TESTS_ADDED,
    TESTS_UNTOUCHED,
    ONLY_THESE_FILES,
    FILES_CHANGED,
    SOMETHING_CHANGED
  }
}
