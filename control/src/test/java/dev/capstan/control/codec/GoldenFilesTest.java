package dev.capstan.control.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What was stored once is read for ever. A file here is never changed: when a record gains a
 * property, see {@link Additions}, the files move to a numbered folder of their own, and any other
 * change of shape gets the next version of its name. {@code -Dcapstan.regenerate=true} writes the
 * files that are missing.
 */
final class GoldenFilesTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  static Set<String> events() {
    return StoredExamples.events().keySet();
  }

  static Set<String> tasks() {
    return StoredExamples.tasks().keySet();
  }

  @ParameterizedTest
  @MethodSource("events")
  void an_event_is_written_as_its_golden_file_says_and_read_back_from_it(String name)
      throws IOException {
    RunEvent event = Objects.requireNonNull(StoredExamples.events().get(name));

    String golden = golden(name, EventCodec.write(event));

    assertThat(EventCodec.write(event)).isEqualTo(golden);
    assertThat(EventCodec.read(EventCodec.name(event), golden)).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void a_task_is_written_as_its_golden_file_says_and_read_back_from_it(String name)
      throws IOException {
    Task task = Objects.requireNonNull(StoredExamples.tasks().get(name));

    String golden = golden(name, TaskCodec.write(task));

    assertThat(TaskCodec.write(task)).isEqualTo(golden);
    assertThat(TaskCodec.read(TaskCodec.name(task), golden, StoredExamples::plan)).isEqualTo(task);
  }

  @ParameterizedTest
  @MethodSource("olderFiles")
  void what_an_older_capstan_wrote_is_read_and_loses_nothing(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    String older = Files.readString(file).strip();

    String today =
        name.startsWith("task.")
            ? TaskCodec.write(TaskCodec.read(name.split("\\.", 3)[1], older, StoredExamples::plan))
            : EventCodec.write(EventCodec.read(name.replaceFirst("(\\.v\\d+).*", "$1"), older));

    assertThat(properties(Json.MAPPER.readTree(today)))
        .containsAll(
            properties(Json.MAPPER.readTree(older)).stream()
                .filter(property -> !name.startsWith("task.") || !ofPlan(property))
                .map(GoldenFilesTest::moved)
                .toList());
  }

  static List<Path> olderFiles() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".json") && !FOLDER.equals(file.getParent()))
          .sorted()
          .toList();
    }
  }

  /** The first version of a completed run knew one pull request. */
  private static String moved(String property) {
    return property.replace("/outcome/pullRequest/", "/outcome/pullRequests/0/");
  }

  /** Older tasks carried their part of the plan, which the log of the run holds as well. */
  private static boolean ofPlan(String property) {
    return property.startsWith("/step/") || property.startsWith("/expectations/");
  }

  /** Each value with its place, as {@code /brief/goal=tidy up}. */
  private static List<String> properties(JsonNode tree) {
    List<String> found = new ArrayList<>();
    collect("", tree, found);
    return found;
  }

  private static void collect(String place, JsonNode node, List<String> found) {
    if (node.isObject()) {
      node.properties().forEach(p -> collect(place + '/' + p.getKey(), p.getValue(), found));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(place + '/' + i, node.get(i), found);
      }
    } else {
      found.add(place + '=' + node);
    }
  }

  @Test
  void every_type_of_the_core_has_a_name_and_an_example() {
    assertThat(EventCodec.types()).isEqualTo(cases(RunEvent.class));
    assertThat(TaskCodec.types()).isEqualTo(cases(Task.class));
    assertThat(types(StoredExamples.events().values())).isEqualTo(cases(RunEvent.class));
    assertThat(types(StoredExamples.tasks().values())).isEqualTo(cases(Task.class));
  }

  @Test
  void every_golden_file_is_compared_by_a_test() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> file.getFileName().toString().replaceFirst("\\.json$", "")))
          .containsExactlyInAnyOrderElementsOf(StoredExamples.names());
    }
  }

  private static String golden(String name, String written) throws IOException {
    Path file = FOLDER.resolve(name + ".json");
    if (Boolean.getBoolean("capstan.regenerate") && Files.notExists(file)) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, written + '\n');
    }
    assertThat(file).as("the golden file of %s; see this class's Javadoc", name).exists();
    return Files.readString(file).strip();
  }

  private static Set<Class<?>> cases(Class<?> sealed) {
    return new HashSet<>(List.of(sealed.getPermittedSubclasses()));
  }

  private static Set<Class<?>> types(Collection<?> values) {
    return values.stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet());
  }
}
