package dev.capstan.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What lies in {@code deploy/observability} fits what a server measures. */
class AlertsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOLDER = ROOT.resolve("deploy/observability");

  /** Names of meters, but not of functions and labels. */
  private static final Pattern METER =
      Pattern.compile("\\b(capstan|http|planning|llm|jvm|disk|process|system)_[a-z0-9_]+\\b");

  private static String promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true).start();
    } catch (IOException missing) {
      throw new AssertionError("promtool is not there; ./verify installs it", missing);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void prometheus_takes_the_alert_rules() throws Exception {
    assertThat(promtool("check", "rules", "alerts.yaml")).contains("SUCCESS: 11 rules found");
  }

  @Test
  void each_alert_fires_when_it_should_and_is_silent_when_all_is_well() throws Exception {
    assertThat(promtool("test", "rules", "alerts-test.yaml")).contains("SUCCESS");
    String tests = Files.readString(FOLDER.resolve("alerts-test.yaml"));
    for (JsonNode rule : rules()) {
      String name = rule.get("alert").asString();
      assertThat(tests.split("alertname: " + name + "\\b", -1))
          .as("%s is tested both ways", name)
          .hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void each_alert_has_a_runbook_that_is_there() {
    for (JsonNode rule : rules()) {
      Path runbook = ROOT.resolve(rule.at("/annotations/runbook").asString());
      assertThat(runbook).exists();
      assertThat(runbook).content().contains(rule.get("alert").asString());
    }
  }

  private static JsonNode rules() {
    return YAMLMapper.shared()
        .readTree(FOLDER.resolve("alerts.yaml").toFile())
        .at("/groups/0/rules");
  }

  @Test
  void each_meter_that_an_alert_asks_for_is_measured() throws Exception {
    Set<String> measured = MetricsTest.exposed();
    for (JsonNode rule : rules()) {
      assertThat(measured)
          .as(rule.get("alert").asString())
          .containsAll(meters(rule.get("expr").asString()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kpi", "cost"})
  void each_panel_of_a_dashboard_asks_for_what_is_measured(String name) throws Exception {
    Set<String> measured = MetricsTest.exposed();
    List<String> asked = expressions(name);
    assertThat(asked).hasSizeGreaterThan(5);
    for (String expression : asked) {
      assertThat(meters(expression)).as(expression).isNotEmpty();
      assertThat(measured).as(expression).containsAll(meters(expression));
    }
  }

  @Test
  void each_meter_of_capstan_is_shown_on_a_dashboard() {
    List<String> asked = new ArrayList<>(expressions("kpi"));
    asked.addAll(expressions("cost"));
    List<String> shown = asked.stream().flatMap(one -> meters(one).stream()).toList();
    for (Metric metric : Metric.values()) {
      if (!NOT_SHOWN.contains(metric)) {
        assertThat(shown).as(metric.name()).anyMatch(name -> name.startsWith(metric.exposed()));
      }
    }
  }

  /** Seen by other means: by their alert, or beside others. */
  private static final Set<Metric> NOT_SHOWN =
      Set.of(Metric.DATABASE_UP, Metric.STEP_EVENTS, Metric.COMMAND_BATCH_SIZE, Metric.SANDBOXES);

  @Test
  void every_dashboard_can_be_imported() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
      List<Path> all = files.sorted().toList();
      assertThat(all)
          .extracting(path -> path.getFileName().toString())
          .containsExactly("cost.json", "kpi.json", "logs.json", "traces.json");
      for (Path file : all) {
        assertThatCode(() -> requireImportable(JsonMapper.shared().readTree(file.toFile())))
            .as(file.toString())
            .doesNotThrowAnyException();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void requireImportable(JsonNode dashboard) {
    assertThat(dashboard.get("uid").asString()).startsWith("capstan-");
    assertThat(dashboard.get("title").asString()).isNotBlank();
    Set<Integer> ids = new TreeSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(ids.add(panel.get("id").asInt())).isTrue();
      assertThat(panel.get("title").asString()).isNotBlank();
      assertThat(panel.get("targets")).isNotEmpty();
      String source = panel.at("/datasource/uid").asString().replaceAll("[${}]", "");
      assertThat(dashboard.at("/templating/list"))
          .anyMatch(variable -> variable.get("name").asString().equals(source));
    }
  }

  private static List<String> expressions(String dashboard) {
    List<String> all = new ArrayList<>();
    Path file = FOLDER.resolve("dashboards").resolve(dashboard + ".json");
    for (JsonNode panel : JsonMapper.shared().readTree(file.toFile()).get("panels")) {
      panel.get("targets").forEach(target -> all.add(target.get("expr").asString()));
    }
    return all;
  }

  private static Set<String> meters(String expression) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = METER.matcher(expression);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
