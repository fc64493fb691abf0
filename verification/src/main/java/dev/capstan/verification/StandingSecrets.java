package dev.capstan.verification;

import dev.capstan.verification.secrets.Leak;
import dev.capstan.verification.secrets.SecretScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The secrets that stand in the files of one commit.
 *
 * @param files those that have some, in order
 * @param whole false if there was more text than is scanned
 */
public record StandingSecrets(List<InFile> files, boolean whole) {
  /** Fingerprints of secrets that are none, one in each line. */
  static final String ALLOWED = ".capstan/secrets.allow";

  /**
   * Of one file.
   *
   * @param leaks at least one
   */
  public record InFile(String path, List<Leak> leaks) {
    public InFile {
      leaks = List.copyOf(leaks);
    }

    /** Their lines, such as {@code 3,7-9}. */
    public String lines() {
      return LineRanges.write(leaks.stream().map(Leak::line).distinct().sorted().toList());
    }
  }

  public StandingSecrets {
    files = List.copyOf(files);
  }

  /** Looks at the text files of that commit whose paths are wanted, leaving out what it allows. */
  public static StandingSecrets in(Submission.Sources sources, Predicate<String> wanted) {
    Set<String> allowed = allowed(sources);
    SecretScan scan = new SecretScan();
    List<InFile> files = new ArrayList<>();
    for (String path : sources.paths()) {
      if (wanted.test(path) && scan.isWhole()) {
        List<Leak> leaks =
            sources.text(path).filter(text -> text.indexOf('\0') < 0).stream()
                .flatMap(text -> scan.scan(text).stream())
                .filter(leak -> !allowed.contains(leak.fingerprint()))
                .toList();
        if (!leaks.isEmpty()) {
          files.add(new InFile(path, leaks));
        }
      }
    }
    return new StandingSecrets(files, scan.isWhole());
  }

  static Set<String> allowed(Submission.Sources sources) {
    return sources.text(ALLOWED).stream()
        .flatMap(String::lines)
        .map(line -> line.split("#", 2)[0].strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toSet());
  }
}
