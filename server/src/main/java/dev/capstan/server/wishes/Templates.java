package dev.capstan.server.wishes;

import dev.capstan.api.TemplateView;
import dev.capstan.api.TemplateView.Parameter;
import dev.capstan.server.rest.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The run templates of an installation: those that come with Capstan, and its own in {@code
 * templates/*.yaml} of the data folder, read anew each time.
 */
public final class Templates {
  static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final int LARGEST = 1 << 20;
  private static final int MOST_FILES = 200;
  private static final String SUFFIX = ".yaml";

  private final Path folder;
  private final Map<String, Template> builtIn = new LinkedHashMap<>();

  public Templates(Path folder) {
    this.folder = folder;
    try (InputStream yaml = Templates.class.getResourceAsStream("templates.yaml")) {
      Map<String, Document> documents =
          YAML.readValue(Objects.requireNonNull(yaml), new TypeReference<>() {});
      documents.forEach((name, document) -> builtIn.put(name, template(name, document, true)));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private record Document(
      @Nullable Integer version,
      @Nullable String summary,
      @Nullable String goal,
      @Nullable String tasks,
      @Nullable Map<String, @Nullable Value> parameters) {}

  private record Value(@Nullable String usual, @Nullable String pattern) {}

  /** All of them; throws {@link ApiException} if a file cannot be understood. */
  List<Template> all() {
    List<Template> all = new ArrayList<>(builtIn.values());
    files().forEach(file -> all.add(own(file)));
    return all;
  }

  Template find(String name) {
    Template known = builtIn.get(name);
    if (known != null) {
      return known;
    }
    return files().stream()
        .filter(file -> file.getFileName().toString().equals(name + SUFFIX))
        .findFirst()
        .map(this::own)
        .orElseThrow(() ->
            ApiException.notFound(
                "there is no template "
                    + name
                    + "; capstan templates lists them, and own ones are files in "
                    + folder));
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .limit(MOST_FILES)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot list " + folder, failure);
    }
  }

  private Template own(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
    if (builtIn.containsKey(name)) {
      throw ApiException.invalid(file + " has the name of a built-in template; rename it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw ApiException.invalid(file + " is larger than 1 MiB, which no template is");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      return template(name, YAML.readValue(text, Document.class), false);
    } catch (JacksonException malformed) {
      throw ApiException.invalid(file + ": " + malformed.getOriginalMessage());
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  private static Template template(String name, @Nullable Document document, boolean builtIn) {
    if (document == null || (or(document.goal()).isBlank() && or(document.tasks()).isBlank())) {
      throw ApiException.invalid("template " + name + " needs a goal, or tasks");
    }
    List<Parameter> parameters = new ArrayList<>();
    Objects.requireNonNullElse(document.parameters(), Map.<String, @Nullable Value>of())
        .forEach((parameter, value) -> parameters.add(parameter(name, parameter, value)));
    return new Template(
        new TemplateView(
            name,
            Objects.requireNonNullElse(document.version(), 1),
            builtIn,
            or(document.summary()),
            or(document.goal()),
            or(document.tasks()),
            parameters));
  }

  private static Parameter parameter(String template, String name, @Nullable Value value) {
    String pattern = value == null ? "" : or(value.pattern());
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException wrong) {
      throw ApiException.invalid(
          "template " + template + ", parameter " + name + ": " + wrong.getDescription());
    }
    return new Parameter(name, value == null ? "" : or(value.usual()), pattern);
  }

  private static String or(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
