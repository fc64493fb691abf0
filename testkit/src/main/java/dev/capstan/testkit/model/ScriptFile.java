package dev.capstan.testkit.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A script as YAML, of which JSON is a part. */
final class ScriptFile {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private record Whole(@Nullable String folder, @Nullable List<Line> turns, @Nullable Line aside) {}

  private record Line(
      @Nullable Wanted expect,
      @Nullable String say,
      @Nullable List<Deed> use,
      @Nullable Usage usage,
      long firstTokenAfterMs,
      long betweenTokensMs,
      @Nullable Integer status,
      @Nullable Long retryAfterSeconds,
      @Nullable String message,
      @Nullable Integer cutAfter,
      boolean garbage,
      boolean empty) {}

  private record Wanted(
      @Nullable List<String> contains,
      @Nullable List<String> lacks,
      @Nullable List<String> tools,
      @Nullable String model) {}

  /** One of them. */
  private record Deed(
      ToolUse.@Nullable Write write,
      @Nullable Edited edit,
      @Nullable String read,
      @Nullable String run,
      @Nullable Named tool) {}

  private record Edited(String path, String old, String with) {}

  private record Named(String name, @Nullable Map<String, Object> arguments) {}

  private ScriptFile() {}

  static Script read(Path file) {
    try {
      return script(YAML.readValue(Files.readString(file), Whole.class));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(file + " cannot be read: " + unreadable, unreadable);
    } catch (JacksonException wrong) {
      throw new IllegalArgumentException(
          "%s is no script: near line %d: %s"
              .formatted(file, line(wrong.getLocation()), wrong.getOriginalMessage()),
          wrong);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(file + " is no script: " + wrong.getMessage(), wrong);
    }
  }

  private static int line(@Nullable TokenStreamLocation place) {
    return place == null ? 1 : place.getLineNr();
  }

  private static Script script(Whole whole) {
    List<Turn> turns = new ArrayList<>();
    for (Line line : list(whole.turns())) {
      turns.add(turn(turns.size() + 1, line));
    }
    Script script = Script.of(turns.toArray(Turn[]::new));
    return new Script(
        turns,
        Optional.ofNullable(whole.folder()).map(Path::of),
        whole.aside() == null ? script.aside() : speech(whole.aside()));
  }

  private static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : given;
  }

  private static Turn turn(int number, Line line) {
    long kinds =
        Stream.of(line.status() != null, line.garbage(), line.empty(), speaks(line))
            .filter(is -> is)
            .count();
    if (kinds != 1) {
      throw new IllegalArgumentException(
          "turn "
              + number
              + " has one of: say and use, status, garbage: true, empty: true; but has "
              + kinds);
    }
    return new Turn(expectation(line.expect()), answer(line));
  }

  private static boolean speaks(Line line) {
    return line.say() != null || line.use() != null;
  }

  private static Answer answer(Line line) {
    if (line.status() != null) {
      return new Answer.Failure(
          line.status(),
          Optional.ofNullable(line.retryAfterSeconds()).map(Duration::ofSeconds),
          line.message() == null ? "scripted failure" : line.message());
    }
    if (line.garbage()) {
      return new Answer.Garbage();
    }
    if (line.empty()) {
      return new Answer.Empty();
    }
    Answer.Speech speech = speech(line);
    return line.cutAfter() == null ? speech : new Answer.CutStream(speech, line.cutAfter());
  }

  private static Answer.Speech speech(Line line) {
    return new Answer.Speech(
        line.say() == null ? "" : line.say(),
        list(line.use()).stream().map(ScriptFile::use).toList(),
        line.usage() == null ? Usage.NONE : line.usage(),
        new Pace(
            Duration.ofMillis(line.firstTokenAfterMs()),
            Duration.ofMillis(line.betweenTokensMs())));
  }

  private static ToolUse use(Deed deed) {
    List<ToolUse> uses = new ArrayList<>();
    Optional.ofNullable(deed.write()).ifPresent(uses::add);
    Optional.ofNullable(deed.edit())
        .ifPresent(edit -> uses.add(new ToolUse.Edit(edit.path(), edit.old(), edit.with())));
    Optional.ofNullable(deed.read()).ifPresent(path -> uses.add(new ToolUse.Read(path)));
    Optional.ofNullable(deed.run()).ifPresent(command -> uses.add(new ToolUse.Run(command)));
    Optional.ofNullable(deed.tool())
        .ifPresent(tool ->
            uses.add(
                new ToolUse.Named(
                    tool.name(), tool.arguments() == null ? Map.of() : tool.arguments())));
    if (uses.size() != 1) {
      throw new IllegalArgumentException(
          "a use is one of write, edit, read, run and tool, but was " + deed);
    }
    return uses.getFirst();
  }

  private static Expectation expectation(@Nullable Wanted wanted) {
    return wanted == null
        ? Expectation.ANYTHING
        : new Expectation(
            list(wanted.contains()),
            list(wanted.lacks()),
            list(wanted.tools()),
            Optional.ofNullable(wanted.model()));
  }
}
