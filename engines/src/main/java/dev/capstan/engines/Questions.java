package dev.capstan.engines;

import dev.capstan.engines.Engine.Job;
import dev.capstan.engines.Engine.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The question that a program leaves for a person before it ends. */
public final class Questions {
  /** Where a program finds the folder; it writes the question as text into a file of it. */
  public static final Path FOLDER = Path.of("/capstan/ask");

  public static final String FILE = "question";
  private static final int LONGEST = 4_000;

  private Questions() {}

  /** How work ended: with its question, if it left one, unless it was stopped. */
  public static Result before(Job job, Result result) {
    return result instanceof Result.Stopped
        ? result
        : in(job.asking()).<Result>map(Result.Asks::new).orElse(result);
  }

  /** What was asked, cut to 4,000 bytes. The program wrote the folder, so no link is followed. */
  public static Optional<String> in(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream text = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String question = new String(text.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
      return question.isEmpty() ? Optional.empty() : Optional.of(question.replace('\0', '\ufffd'));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read what the program asked", unreadable);
    }
  }
}
