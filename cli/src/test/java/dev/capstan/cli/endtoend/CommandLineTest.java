package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.AnalysisView;
import dev.capstan.api.DutyView;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.IndexProject;
import dev.capstan.api.ProjectView;
import dev.capstan.api.RunSummary;
import dev.capstan.api.RunView;
import dev.capstan.api.WorkerView;
import dev.capstan.cli.Said;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Json;
import dev.capstan.server.Failures;
import dev.capstan.server.InvalidSetting;
import dev.capstan.server.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The command line, as a guest of the installation. It prints where the process prints. */
@Isolated
@ExtendWith(ProductExtension.class)
class CommandLineTest {
  private final Product product;

  CommandLineTest(Product product) {
    this.product = product;
  }

  private String data() {
    return product.data().toString();
  }

  @Test
  void help_lists_every_command() {
    Said said = Said.by("--help");

    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("run", "plan", "status", "approve", "doctor", "Exit codes:");
    for (String command : List.of("run", "status", "approve", "revert", "projects", "doctor")) {
      assertThat(Said.by(command, "--help").out()).contains("Usage: capstan " + command, "--data");
    }
  }

  @Test
  void wrong_usage_ends_with_2_and_says_what_is_wrong() {
    for (List<String> arguments :
        List.of(
            List.of("unknown"),
            List.of("run"),
            List.of("run", "--repo", "."),
            List.of("run", "--repo", "/no/such/folder", "--goal", "x", "--", "true"),
            List.of("status", "--limit", "many"),
            List.of("status", "--no-such-option"))) {
      Said said = Said.by(arguments.toArray(String[]::new));
      assertThat(said.exit()).as(arguments.toString()).isEqualTo(2);
      assertThat(said.err()).isNotBlank().doesNotContain("\tat ");
    }
  }

  @Test
  void servers_workers_and_duties_are_listed() {
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() ->
            Said.by("workers", "--data", data()).out().contains("of this server")
                && Said.by("duties", "--data", data()).out().contains("leases"));

    Said servers = Said.by("servers", "--data", data());
    assertThat(servers.exit()).isZero();
    assertThat(servers.out()).contains("SERVER", "up", "http://127.0.0.1:");
    Said duties = Said.by("duties", "--json", "--data", data());
    assertThat(Json.MAPPER.readValue(duties.out(), DutyView[].class))
        .filteredOn(duty -> duty.name().equals("leases"))
        .singleElement()
        .satisfies(duty -> assertThat(duty.everySeconds()).isEqualTo(5));
    Said workers = Said.by("workers", "--json", "--data", data());
    assertThat(Json.MAPPER.readValue(workers.out(), WorkerView[].class))
        .singleElement()
        .satisfies(worker -> assertThat(worker.kinds()).contains("execute", "deliver"));
  }

  @Test
  void an_analysis_is_printed_and_its_prompt_byte_for_byte() {
    Repository shop = product.repository();
    shop.write("till/Till.java", "package till;\n\nclass Till {\n\tvoid open() {} // \u001b\n}\n");
    shop.commit("feat: a till");
    String project = indexed(shop);

    Said found = Said.by("analyse", "till", "--project", project, "--data", data());
    assertThat(found.exit()).as(found.err()).isZero();
    assertThat(found.out())
        .contains("# till", "## Gaps (1)", "no test names Till", "till/Till.java@");
    Said prompt = Said.by("analyse", "till", "--project", project, "--data", data(), "--dry-run");
    AnalysisView shown =
        Json.MAPPER.readValue(
            Said.by(
                    "analyse",
                    "till",
                    "--project",
                    project,
                    "--data",
                    data(),
                    "--dry-run",
                    "--json")
                .out(),
            AnalysisView.class);
    assertThat(prompt.out())
        .isEqualTo(shown.prompt().text())
        .contains("4:     void open() {} // ?");
    Said nowhere = Said.by("analyse", "nowhere", "--project", project, "--data", data());
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("no file, folder or package nowhere");
  }

  @Test
  void a_recipe_is_run_as_a_check_and_a_hit_has_an_address(@TempDir Path recipes)
      throws IOException {
    Repository shop = product.repository();
    shop.write("till/Till.java", "package till;\n\nclass Till {\n  void open() {}\n}\n");
    shop.commit("feat: a till");
    String project = indexed(shop);
    String[] place = {"--project", project, "--data", data()};
    Files.writeString(recipes.resolve("gaps.yaml"), "subjects: [till]\nonly: [gap]\n");
    Files.writeString(recipes.resolve("strict.yaml"), "subjects: [till]\nfailOn: [gap]\n");

    Said gaps = run(place, "recipes", "run", "gaps", "--folder", recipes.toString());
    assertThat(gaps.exit()).as(gaps.err()).isZero();
    assertThat(gaps.out()).contains("# till: 1 of", "- gap: no test names Till", "till/Till.java@");
    Said strict = run(place, "recipes", "run", "strict", "--folder", recipes.toString());
    assertThat(strict.exit()).as(strict.err()).isEqualTo(1);
    assertThat(strict.out()).contains("## Gaps (1)");
    Said linked = run(place, "search", "Till", "--links", "vscode");
    assertThat(linked.out())
        .contains("    vscode://file" + shop.path().toUri().getRawPath() + "till/Till.java:");
    assertThat(run(place, "search", "Till", "--links", "no such").exit()).isEqualTo(2);
  }

  private static Said run(String[] place, String... words) {
    return Said.by(Stream.concat(Stream.of(words), Stream.of(place)).toArray(String[]::new));
  }

  private String indexed(Repository shop) {
    Client client = product.client();
    String project = client.register(new ProjectView("", shop.path().toString(), 1)).id();
    client.index(project, new IndexProject("", false));
    Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(() -> !client.index(project).state().equals("running"));
    return project;
  }

  @Test
  void a_shell_completion_is_generated() {
    Said said = Said.by("generate-completion");

    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("complete", "capstan", "approve");
  }

  @Test
  void a_limit_that_is_no_number_is_refused() {
    Map<String, String> environment = Map.of("CAPSTAN_DISK_LIMIT_MB", "plenty");

    assertThatThrownBy(() -> Settings.of(Optional.empty(), Optional.empty(), environment))
        .isInstanceOfSatisfying(
            InvalidSetting.class,
            wrong -> assertThat(Failures.code(wrong)).contains(ErrorCode.INVALID))
        .hasMessageContainingAll("CAPSTAN_DISK_LIMIT_MB", "plenty");
  }

  @Test
  void doctor_says_what_the_machine_has() {
    Said said = Said.by("doctor", "--data", data());

    assertThat(said.exit()).as(said.out()).isZero();
    assertThat(said.out()).contains("git", "sandbox", "bubblewrap works", data());
    assertThat(Json.MAPPER.readTree(Said.by("doctor", "--json", "--data", data()).out()).isArray())
        .isTrue();
  }

  @Test
  void status_as_json_is_json() {
    String id = Product.newId();
    product.create(
        Product.request(
            id, product.repository().path().toString(), false, StepDraft.of("one", "true").step()));

    Said said = Said.by("status", "--json", "--data", data());

    assertThat(said.exit()).isZero();
    assertThat(Json.MAPPER.readValue(said.out(), RunSummary[].class))
        .extracting(RunSummary::id)
        .contains(id);
    assertThat(Said.by("status", "--data", data()).out()).contains(id, "pending");
  }

  @Test
  void an_error_is_one_line() {
    for (List<String> arguments :
        List.of(
            List.of("show", "no-such-run"),
            List.of("show", "bad\nname\033[2J"),
            List.of("logs", "no-such-run"),
            List.of("approve", "no-such-run"))) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("--data", data()));
      Said said = Said.by(all.toArray(String[]::new));
      assertThat(said.exit()).as(all.toString()).isEqualTo(2);
      assertThat(said.err().lines()).hasSize(1).first().asString().startsWith("capstan: ");
      assertThat(said.err()).doesNotContain("\033");
    }
  }

  @Test
  void a_run_of_a_command_line_sends_the_script_along_that_it_names() throws IOException {
    Path script = product.newFolder("scripts").resolve("greet.sh");
    Files.writeString(script, "#!/bin/sh\necho hello you > src/greeting.txt\n");
    Repository repository = product.repository();

    Said said =
        Said.by(
            "run",
            "--data",
            data(),
            "--json",
            "--repo",
            repository.path().toString(),
            "--goal",
            "Greet",
            "--",
            script.toString());

    RunView run = Json.MAPPER.readValue(said.out(), RunView.class);
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    assertThat(run.status()).isEqualTo("completed");
    assertThat(Said.by("diff", run.id(), "--data", data()).out()).contains("+hello you");
    assertThat(Said.by("show", run.id(), "--data", data()).out()).contains("PASS", "pull request");
  }

  @Test
  void a_plan_sends_no_file_along_from_outside_its_folder() throws IOException {
    Path folder = product.newFolder("plans");
    Path secret = folder.resolve("secret.txt");
    Files.writeString(secret, "a secret of the host");
    Path plans = Files.createDirectories(folder.resolve("given"));
    Files.writeString(plans.resolve("greet.sh"), "echo hello you > src/greeting.txt; cat \"$@\"\n");
    Files.createSymbolicLink(plans.resolve("link.txt"), secret);

    for (String named : List.of(secret.toString(), "../secret.txt", "link.txt")) {
      Path plan = plans.resolve("plan.yaml");
      Files.writeString(
          plan, "goal: Greet\nsteps:\n  - id: greet\n    run: [sh, greet.sh, '" + named + "']\n");
      Said said =
          Said.by(
              "run",
              "--data",
              data(),
              "--repo",
              product.repository().path().toString(),
              "--plan",
              plan.toString());
      assertThat(said.exit()).as(named + said.out()).isEqualTo(2);
      assertThat(said.err()).contains("step greet", named, plans.toString());
      assertThat(said.err().lines()).hasSize(1);
    }
  }

  @Test
  void a_plan_sends_files_of_its_own_folder_along() throws IOException {
    Path plans = product.newFolder("plans");
    Files.createDirectories(plans.resolve("scripts"));
    Files.writeString(
        plans.resolve("scripts/greet.sh"), "echo hello you > src/greeting.txt; ls -d /etc\n");
    Path plan = plans.resolve("plan.yaml");
    Files.writeString(
        plan, "goal: Greet\nsteps:\n  - id: greet\n    run: [sh, scripts/greet.sh, /etc]\n");

    Said said =
        Said.by(
            "run",
            "--data",
            data(),
            "--json",
            "--repo",
            product.repository().path().toString(),
            "--plan",
            plan.toString());

    assertThat(said.exit()).as(said.out() + said.err()).isZero();
  }

  @Test
  void a_codemod_is_a_file_beside_the_plan_or_on_the_command_line() throws IOException {
    Path plans = product.newFolder("plans");
    Path script =
        Files.writeString(
            plans.resolve("greet.js"),
            "const files = 'src/g*'; const transform = (file) => file.options.text;");
    Path plan = plans.resolve("plan.yaml");
    String steps = "goal: Greet\nsteps:\n  - {id: greet, codemod: %s, with: {text: hello there}}\n";
    String repository = product.repository().path().toString();

    Files.writeString(plan, steps.formatted("no.js"));
    Said refused =
        Said.by("plan", "--data", data(), "--repo", repository, "--plan", plan.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("step greet has the codemod no.js, which is no file in");

    Files.writeString(plan, steps.formatted("greet.js"));
    Said checked =
        Said.by("plan", "--data", data(), "--repo", repository, "--plan", plan.toString());
    assertThat(checked.exit()).as(checked.err()).isZero();
    assertThat(checked.out()).contains("codemod: greet.js text=hello there");

    Said said =
        Said.by(
            "run",
            "--data",
            data(),
            "--json",
            "--repo",
            repository,
            "--goal",
            "Greet",
            "--codemod",
            script.toString(),
            "--with",
            "text=hello there");
    assertThat(said.exit()).as(said.out() + said.err()).isZero();
    RunView run = Json.MAPPER.readValue(said.out(), RunView.class);
    assertThat(Said.by("diff", run.id(), "--data", data()).out()).contains("+hello there");
  }

  @Test
  void codemods_are_tested_without_a_server() {
    Said said =
        Said.by("codemod", "test", "--json", Path.of("..", "examples", "codemods").toString());

    assertThat(said.exit()).as(said.err()).isZero();
    assertThat(Json.MAPPER.readTree(said.out()).get("verdict").stringValue()).isEqualTo("PASS");
    assertThat(Said.by("codemod").exit()).isEqualTo(2);
  }

  @Test
  void repositories_are_checked_added_and_prepared_and_one_that_fails_stops_no_other() {
    Path good = product.repository().path();
    Path bad = product.newFolder("bad");

    Said checked = Said.by("projects", "check", bad.toString(), good.toString(), "--data", data());
    assertThat(checked.exit()).isEqualTo(1);
    assertThat(checked.out()).contains(": usable", ": not usable", "git init", "toolchain found");

    Said added = Said.by("projects", "add", good.toString(), bad.toString(), "--data", data());
    assertThat(added.exit()).isEqualTo(1);
    assertThat(Said.by("projects", "--json", "--data", data()).out())
        .contains(good.toString())
        .doesNotContain(bad.toString());

    Said prepared = Said.by("projects", "prepare", "nobody", "--data", data());
    assertThat(prepared.exit()).isEqualTo(1);
    assertThat(prepared.out()).contains("there is no project nobody");
  }

  @Test
  void a_configuration_is_shown_and_written_only_if_wanted() {
    Path shop = product.repository().path();

    assertThat(Said.by("init", shop.toString(), "--dry-run").out())
        .contains("+++ .capstan/config.yaml", "+# Found: make", "nothing was written");
    assertThat(Said.by("init", shop.toString()).err()).contains("--yes");
    assertThat(shop.resolve(".capstan")).doesNotExist();

    assertThat(Said.by("init", shop.toString(), "--yes").exit()).isZero();
    assertThat(shop.resolve(".capstan/ci.sh")).isExecutable();
    assertThat(Said.by("init", shop.toString(), "--yes").out()).contains("stays as it is");
  }

  @Test
  void snapshots_of_a_project_that_was_never_measured_are_none() {
    Path shop = product.repository().path();
    Said.by("projects", "--add", shop.toString(), "--name", "unmeasured", "--data", data());

    assertThat(Said.by("snapshots", "list", "-p", "unmeasured", "--data", data()).out())
        .startsWith("SNAPSHOT");
    assertThat(Said.by("snapshots", "show", "-p", "unmeasured", "--data", data()).err())
        .contains("has no snapshot latest");
  }

  @Test
  void what_a_goal_finds_is_shown_and_carried_out_only_by_a_command_for_each_file() {
    Repository repository = product.repository();
    repository.write(
        "src/key.js", "export const key = \"ghp_1A2b3C4d5E6f7G8h9I0j1K2l3M4n5O6p7Q8r\";\n");
    repository.commit("feat: sign in");
    String path = repository.path().toString();
    List<String> wish = List.of("--data", data(), "--repo", path, "--goal", "Find secrets");

    Said shown = Said.by(all("plan", wish));
    Said refused = Said.by(all("run", wish));
    Said planned = Said.by(all("plan", wish, "--", "sed", "-i", "/ghp_/d", "{file}"));
    Said scoped = Said.by(all("plan", wish, "--scope", "src/", "--", "tool", "{file}"));

    assertThat(shown.exit()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("secrets: src/key.js:1 ", "no rule can do this", "{file}");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("src/key.js:1 ", "give a command after --");
    assertThat(planned.exit()).as(planned.err()).isZero();
    assertThat(planned.out()).contains("sed -i /ghp_/d src/key.js", "remove secrets");
    assertThat(scoped.exit()).isEqualTo(2);
    assertThat(scoped.err()).contains("--scope");
  }

  private static String[] all(String command, List<String> wish, String... more) {
    return Stream.of(List.of(command), wish, List.of(more))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }
}
