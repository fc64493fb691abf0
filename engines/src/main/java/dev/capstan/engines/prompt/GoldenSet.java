package dev.capstan.engines.prompt;

import dev.capstan.core.Sha256;
import dev.capstan.engines.prompt.GoldenCase.Accepted;
import dev.capstan.engines.prompt.GoldenCase.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The golden set of a role, in {@code golden/ROLE} of a folder of prompts: a folder for each case
 * with {@code case.yaml}, {@code MODEL.accepted.json}, and {@code recordings}.
 */
public final class GoldenSet {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String ACCEPTED = ".accepted.json";

  private final Path folder;

  public GoldenSet(Path prompts, Role role) {
    this.folder = prompts.resolve("golden").resolve(role.word());
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /**
   * In the order of their names; none if there is no folder.
   *
   * @throws IllegalArgumentException that names the file that is not as it must be
   */
  public List<GoldenCase> cases() {
    return listed(folder, Files::isDirectory).stream().map(GoldenSet::read).toList();
  }

  private static GoldenCase read(Path folder) {
    Path file = folder.resolve("case.yaml");
    Map<String, String> texts =
        parsed(file, text -> YAML.readValue(text, new TypeReference<>() {}));
    List<Accepted> accepted = new ArrayList<>();
    for (Path one : listed(folder, path -> path.toString().endsWith(ACCEPTED))) {
      accepted.add(parsed(one, text -> JSON.readValue(text, Accepted.class)));
    }
    List<Recording> recordings = new ArrayList<>();
    for (Path one :
        listed(folder.resolve("recordings"), path -> path.toString().endsWith(".json"))) {
      recordings.add(parsed(one, text -> JSON.readValue(text, Recording.class)));
    }
    return new GoldenCase(String.valueOf(folder.getFileName()), texts, accepted, recordings);
  }

  private interface Parsing<T> {
    T of(String text);
  }

  private static <T> T parsed(Path file, Parsing<T> parsing) {
    try {
      T value = parsing.of(Files.readString(file));
      if (value == null) {
        throw new IllegalArgumentException(file + " is empty");
      }
      return value;
    } catch (IOException failure) {
      throw new IllegalArgumentException(
          file + " cannot be read: " + failure.getMessage(), failure);
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException(file + ": " + malformed.getOriginalMessage(), malformed);
    }
  }

  private static List<Path> listed(Path folder, Predicate<Path> which) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(which).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + folder, failure);
    }
  }

  /** Keeps what a model answered to a case, beside what was recorded before; returns the file. */
  public Path record(
      String name, PromptTemplate prompt, String model, Instant at, JsonNode answer) {
    GoldenCase known = read(folder.resolve(name));
    Recording recording =
        new Recording(
            prompt.name(),
            prompt.version(),
            prompt.sha256(),
            Sha256.hex(prompt.fill(known.texts())),
            model,
            at.toString(),
            answer);
    String file =
        "%s-%s-%s.json"
            .formatted(
                slug(model), prompt.sha256().substring(0, 12), recording.filled().substring(0, 12));
    return written(folder.resolve(name).resolve("recordings").resolve(file), recording);
  }

  /** From now on a model's answer to a case is to be this one; returns the file. */
  public Path accept(String name, String model, JsonNode answer) {
    return written(
        folder.resolve(name).resolve(slug(model) + ACCEPTED), new Accepted(model, answer));
  }

  /** A model is named freely, and no name must lead out of the folder. */
  private static String slug(String model) {
    return model.replaceAll("[^A-Za-z0-9_-]+", "_");
  }

  private static Path written(Path file, Object value) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, JSON.writeValueAsString(value) + '\n');
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  /** An answer line by line, whatever the order of its fields, to be read and compared. */
  public static List<String> lines(JsonNode answer) {
    if (answer.isString()) {
      return answer.asString().lines().toList();
    }
    Object value = JSON.treeToValue(answer, Object.class);
    return YAML.writeValueAsString(sorted(value))
        .lines()
        .filter(line -> !line.equals("---"))
        .toList();
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> fields = new TreeMap<>();
        map.forEach(
            (name, field) -> fields.put(String.valueOf(name), field == null ? "" : sorted(field)));
        yield fields;
      }
      case List<?> list -> list.stream().map(each -> each == null ? "" : sorted(each)).toList();
      default -> value;
    };
  }
}
