package dev.capstan.cli.command;

import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A plan as a YAML file: docs/plans.md describes it. */
final class PlanFile {
  private static final long LARGEST = 4L << 20;
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private PlanFile() {}

  record Read(String goal, PlanDocument plan) {}

  private record FileDocument(@Nullable String goal, @Nullable List<FileStep> steps) {}

  private record FileStep(
      @Nullable String id,
      @Nullable String kind,
      @Nullable String title,
      @Nullable String reason,
      @Nullable List<String> run,
      @Nullable List<List<String>> orElse,
      @Nullable List<String> after,
      @Nullable Integer needed,
      @Nullable List<String> scope,
      @Nullable List<String> judge,
      @Nullable List<String> env,
      @Nullable Long timeLimit,
      @Nullable Long waitLimit,
      @Nullable Integer priority,
      @Nullable Integer attempts,
      @Nullable Integer minimumTests,
      @Nullable Boolean mayChangeNothing,
      @Nullable Boolean approval) {}

  static Read read(Path file) throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        throw wrong(file + " is larger than 4 MB, which no plan is");
      }
      FileDocument document = YAML.readValue(Files.readString(file), FileDocument.class);
      List<FileStep> steps = document == null ? null : document.steps();
      if (steps == null || steps.isEmpty()) {
        throw wrong(file + ": a plan has a list of steps");
      }
      requireFull(file, steps);
      return new Read(
          Objects.requireNonNullElse(document.goal(), ""),
          new PlanDocument(steps.stream().map(step -> step(file, step)).toList()));
    } catch (CharacterCodingException _) {
      throw wrong(file + " is no text in UTF-8");
    } catch (NoSuchFileException _) {
      throw wrong("there is no file " + file);
    } catch (JacksonException malformed) {
      TokenStreamLocation at = malformed.getLocation();
      String where = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw wrong(file + where + ": " + malformed.getOriginalMessage());
    }
  }

  private static StepDocument step(Path file, FileStep step) {
    if (step.id() == null || step.run() == null || step.run().isEmpty()) {
      throw wrong(
          file
              + ": each step needs an id and a command as a list, such as run: [./change.sh, --all]"
              + (step.id() == null ? "" : "; step " + step.id() + " has none"));
    }
    Stream.of(step.run(), step.orElse(), step.after(), step.scope(), step.judge(), step.env())
        .forEach(list -> requireFull(file, list));
    or(step.orElse(), List.<List<String>>of()).forEach(command -> requireFull(file, command));
    return new StepDocument(
        step.id(),
        or(step.kind(), ""),
        or(step.title(), ""),
        or(step.reason(), ""),
        step.run(),
        or(step.orElse(), List.of()),
        or(step.after(), List.of()),
        or(step.needed(), 0),
        or(step.scope(), List.of()),
        or(step.judge(), List.of()),
        Map.of(),
        or(step.env(), List.of()),
        or(step.timeLimit(), 0L),
        or(step.waitLimit(), 0L),
        or(step.priority(), 0),
        or(step.attempts(), 0),
        or(step.minimumTests(), 1),
        or(step.mayChangeNothing(), false),
        or(step.approval(), false));
  }

  /** YAML has an entry of a list that nothing stands in. */
  private static <T> void requireFull(Path file, @Nullable List<T> list) {
    if (list != null && list.stream().anyMatch(Objects::isNull)) {
      throw wrong(file + ": a list has an empty entry");
    }
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }

  private static ApiFailure wrong(String message) {
    return new ApiFailure(ErrorCode.INVALID, message);
  }
}
