package dev.capstan.verification;

import dev.capstan.verification.Submission.Sources;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a commit, by hand. */
record Files(SortedMap<String, String> texts) implements Sources {
  static Files of(String... pathsAndTexts) {
    SortedMap<String, String> texts = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      texts.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    return new Files(texts);
  }

  @Override
  public List<String> paths() {
    return List.copyOf(texts.keySet());
  }

  @Override
  public List<String> pointers() {
    return paths().stream()
        .filter(path -> text(path).orElse("").startsWith(LargeFiles.BEGINNING))
        .limit(MOST_POINTERS)
        .toList();
  }

  @Override
  public Optional<String> text(String path) {
    return Optional.ofNullable(texts.get(path));
  }
}
