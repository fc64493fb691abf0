package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.FileState.Lines;
import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Parsed.Chunk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Parses files. A file that kills the child process, or takes too long, is cut by lines, and the
 * next one gets a new process. For one thread.
 */
public final class Parsing implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final String mainClass;
  private final Duration limit;
  private @Nullable ParserChild child;

  public Parsing() {
    this(ParserProcess.class.getName(), LIMIT);
  }

  Parsing(String mainClass, Duration limit) {
    this.mainClass = mainClass;
    this.limit = limit;
  }

  public Parsed parse(Language language, String text) throws InterruptedException {
    List<String> lines = List.of(text.split("\n", -1));
    if (language == Language.MARKDOWN) {
      return Headings.parse(lines);
    }
    if (Grammar.of(language).isEmpty()) {
      return Parsed.byLines("", chunks(lines));
    }
    try {
      return started().parse(language, text, limit);
    } catch (Unparsed failure) {
      return Parsed.byLines(String.valueOf(failure.getMessage()), chunks(lines));
    } catch (IOException _) {
      close();
      return Parsed.byLines("made its parser crash", chunks(lines));
    } catch (TimeoutException _) {
      close();
      return Parsed.byLines("took longer than " + limit.toSeconds() + " s to parse", chunks(lines));
    }
  }

  private ParserChild started() throws IOException {
    ParserChild running = child == null ? ParserChild.start(mainClass) : child;
    child = running;
    return running;
  }

  private static List<Chunk> chunks(List<String> lines) {
    return Pieces.ofLines(lines).stream()
        .map((Lines piece) -> new Chunk(piece.first(), piece.last(), ""))
        .toList();
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
      child = null;
    }
  }
}
