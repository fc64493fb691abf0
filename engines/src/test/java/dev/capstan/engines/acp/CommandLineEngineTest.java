package dev.capstan.engines.acp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.Amount;
import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.WrapUp;
import dev.capstan.engines.Engine;
import dev.capstan.engines.Engine.Result;
import dev.capstan.engines.Instructions;
import dev.capstan.engines.ModelAccess;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.Bubblewrap;
import dev.capstan.sandbox.ControlGroups;
import dev.capstan.sandbox.Leftovers;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.SystemFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scripted command line in the place of an agent's, in a real sandbox. */
class CommandLineEngineTest {
  private static final String INSTALLATION = "command-line-test-" + UUID.randomUUID();

  private static final String LOW = WrapUp.toAttempt(1, new Amount(1_200, 0));

  @TempDir private Path folder;
  private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
  private final Instructions instructions = new Instructions(List.of());
  private final AtomicInteger turnsEnded = new AtomicInteger();
  private List<String> arguments = List.of("Be brief.");
  private Watch.Limits patience = Watch.Limits.DEFAULT;
  private OutputListener output = (_, line) -> printed.add(line);
  private Path tree;

  @BeforeEach
  void lay_out() throws IOException {
    tree = Files.createDirectories(folder.toRealPath().resolve("work/tree"));
    Files.createDirectories(tree.resolveSibling("ask"));
  }

  private Result perform(String script) {
    return perform(script, "{promptFile}");
  }

  /** The script gets what the agent is asked, or a file with it, as its first argument. */
  private Result perform(String script, String asked) {
    Agent agent =
        new Agent(
            "scripted",
            List.of("/bin/sh", "-c", script, "agent", asked, "--model", "{model}"),
            Map.of("URL", "{models}", "KEY", "{key}"),
            Map.of(".agentrc", "quiet"),
            "small",
            Optional.empty(),
            Permissions.WITHIN_THE_FENCE,
            List.of(),
            Agent.Form.COMMAND_LINE);
    return new CommandLineEngine(
            agent,
            Bubblewrap.find(folder.resolve("sandbox"), ControlGroups.NONE, INSTALLATION),
            Path.of("/capstan/files"),
            Limits.DEFAULT,
            Prompts.bundled(),
            patience)
        .perform(job(), output);
  }

  private Engine.Job job() {
    SystemFolders system = SystemFolders.detect(folder.resolve("sandbox"), System.getenv());
    return new Engine.Job(
        "run-1/execute/one/1",
        new Engine.Purpose(
            new RunId("run-1"),
            new StepId("one"),
            "Edit the notes; $(touch broken)",
            "because",
            "Tidy up",
            new CommitId("0".repeat(40)),
            Scope.EVERYTHING,
            Set.of()),
        new Work("scripted", arguments, Map.of(), List.of(), Duration.ofMinutes(1)),
        tree,
        system.binds(Network.NONE),
        system.environment(),
        Map.of(),
        tree.resolveSibling("ask"),
        tree.resolveSibling("tell"),
        instructions,
        Optional.empty(),
        Network.NONE,
        Optional.of(new ModelAccess("key-1", (_, _) -> {})),
        Optional.empty(),
        turnsEnded::incrementAndGet);
  }

  @Test
  void it_is_asked_by_a_file_and_told_its_model_and_the_gateway() {
    Result result =
        perform("cat \"$1\"; echo; echo $2 $3 at $URL with $KEY; cat ~/.agentrc; echo x > notes");

    assertThat(result).isInstanceOf(Result.Done.class);
    assertThat(printed)
        .contains("Tidy up", "Your step: Edit the notes; $(touch broken)", "Be brief.", "quiet")
        .contains("--model small at http://127.0.0.1:8461 with key-1");
    assertThat(tree.resolve("notes")).hasContent("x");
  }

  @Test
  void what_it_is_asked_is_one_word_that_no_shell_reads() {
    assertThat(perform("printf '%s\\n' \"$1\"", "--message={prompt}"))
        .isInstanceOf(Result.Done.class);

    assertThat(printed).anyMatch(line -> line.startsWith("--message=You carry out one step"));
    assertThat(tree.resolve("broken")).doesNotExist();
  }

  @Test
  void an_end_with_an_error_is_told_with_its_last_words() {
    assertThat(perform("echo no such model >&2; exit 3"))
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed ->
                assertThat(failed.failure().message())
                    .isEqualTo("scripted ended with exit code 3: no such model"));
  }

  @Test
  void a_question_to_a_person_ends_the_attempt() {
    assertThat(perform("echo Which of the two? > /capstan/ask/question"))
        .isEqualTo(new Result.Asks("Which of the two?"));
  }

  @Test
  void a_role_that_only_looks_cannot_write() {
    arguments = List.of("role=reviewer");

    assertThat(perform("echo x > notes")).isInstanceOf(Result.Failed.class);
    assertThat(tree.resolve("notes")).doesNotExist();
  }

  @Test
  void what_people_tell_meanwhile_it_is_asked_when_it_has_ended() {
    output =
        (_, line) -> {
          printed.add(line);
          if (line.equals("first")) {
            instructions.tell(List.of("Now the second."));
          }
        };

    assertThat(perform("grep -q 'Now the second' \"$1\" && echo second > notes || echo first"))
        .isInstanceOf(Result.Done.class);
    assertThat(tree.resolve("notes")).hasContent("second");
    assertThat(turnsEnded).hasValue(1);
  }

  @Test
  void one_that_calls_the_same_tool_again_and_again_is_stopped() {
    String call = "{\"type\": \"tool_use\", \"name\": \"Read\", \"input\": {\"path\": \"a\"}}";

    assertThat(failure(perform("while echo '" + call + "'; do sleep 0.01; done")).message())
        .contains("scripted was stopped: it does the same again and again, at last: Read");
  }

  @Test
  void one_that_prints_the_same_line_for_ever_is_stopped() {
    assertThat(failure(perform("while echo trying again; do sleep 0.002; done")).message())
        .contains("it does the same again and again, at last: trying again");
  }

  @Test
  void one_that_prints_nothing_is_stopped_with_all_that_it_has_started() {
    patience = patience.quietFor(Duration.ofSeconds(1));

    assertThat(failure(perform("sleep 1000 & wait")).message())
        .contains("it has done nothing for too long");
    assertThat(new Leftovers(INSTALLATION).kill(_ -> true)).isEmpty();
  }

  @Test
  void one_whose_model_was_told_to_wrap_up_is_stopped_if_it_goes_on() {
    output =
        (_, line) -> {
          printed.add(line);
          if (line.equals("first")) {
            instructions.tell(List.of(LOW));
          }
        };
    String call = "{\"type\": \"tool_use\", \"name\": \"Edit\", \"input\": {\"line\": '$i'}}";

    Failure failure =
        failure(
            perform("echo first; i=0; while echo '" + call + "'; do i=$((i+1)); sleep 0.02; done"));

    assertThat(failure.message()).contains("it goes on although it was told to wrap up");
    assertThat(failure.violations())
        .extracting(Violation::category)
        .containsExactly(Violation.Category.STUCK);
  }

  @Test
  void one_that_has_ended_is_not_asked_again_to_wrap_up() {
    output =
        (_, line) -> {
          printed.add(line);
          if (line.equals("first")) {
            instructions.tell(List.of(LOW));
          }
        };

    assertThat(perform("echo first")).isInstanceOf(Result.Done.class);
    assertThat(printed).containsExactly("first");
  }

  private static Failure failure(Result result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed) result).failure();
  }

  @Test
  void one_that_is_never_told_what_to_do_is_a_mistake() {
    assertThatThrownBy(() -> Agents.read("mine: {form: command, command: [mine, --go]}"))
        .hasMessageContaining("its command has neither {prompt} nor {promptFile}");
    assertThatThrownBy(() -> Agents.read("mine: {form: telepathy, command: [mine]}"))
        .hasMessageContaining("form is acp or command");
    assertThat(Agents.known()).anyMatch(agent -> agent.name().equals("aider"));
  }
}
