package dev.capstan.server.wishes;

import dev.capstan.api.TemplateView;
import dev.capstan.api.TemplateView.Parameter;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.YamlFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
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

  private final YamlFolder folder;
  private final Map<String, Template> builtIn = new LinkedHashMap<>();

  public Templates(Path folder) {
    this.folder = new YamlFolder(folder, "template");
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
    folder.files().forEach(file -> all.add(own(file)));
    return all;
  }

  Template find(String name) {
    Template known = builtIn.get(name);
    if (known != null) {
      return known;
    }
    return folder
        .find(name)
        .map(this::own)
        .orElseThrow(() ->
            ApiException.notFound(
                "there is no template "
                    + name
                    + "; capstan templates lists them, and own ones are files in "
                    + folder));
  }

  private Template own(Path file) {
    String name = YamlFolder.name(file);
    if (builtIn.containsKey(name)) {
      throw ApiException.invalid(file + " has the name of a built-in template; rename it");
    }
    try {
      return template(name, YAML.readValue(folder.text(file), Document.class), false);
    } catch (JacksonException malformed) {
      throw ApiException.invalid(file + ": " + malformed.getOriginalMessage());
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
