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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scripted agent over the real protocol, in a real sandbox. */
class AcpEngineTest {
  private static final String INSTALLATION = "acp-test-" + UUID.randomUUID();

  private static final String LOW = WrapUp.toAttempt(1, new Amount(1_200, Long.MAX_VALUE));

  private static final ModelAccess MODELS = new ModelAccess("key-1", (_, _) -> {});

  @TempDir private Path folder;
  private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
  private final List<String> told = new ArrayList<>();
  private final AtomicInteger turnsEnded = new AtomicInteger();
  private Path tree;
  private Path program;

  @BeforeEach
  void lay_out() throws IOException {
    tree = Files.createDirectories(folder.toRealPath().resolve("work/tree"));
    program = Files.createDirectories(folder.toRealPath().resolve("agent"));
    Files.createDirectories(tree.resolveSibling("ask"));
    try (InputStream agent = AcpEngineTest.class.getResourceAsStream("agent.py")) {
      Files.copy(Objects.requireNonNull(agent), program.resolve("agent.py"));
    }
  }

  @Test
  void an_agent_edits_and_what_it_says_is_told_line_by_line() throws IOException {
    assertThat(perform("edit")).isInstanceOf(Result.Done.class);

    assertThat(tree.resolve("notes.txt")).hasContent("edited");
    assertThat(printed)
        .containsSubsequence(
            "agent: I will edit notes.txt.",
            "agent: Then I am done.",
            "tool: edit Edit notes.txt",
            "tool: edit Edit notes.txt: completed");
  }

  @Test
  void what_it_says_after_its_last_tool_is_its_last_words() {
    assertThat(perform("claim")).isEqualTo(new Result.Done("All tests pass. I am done."));
  }

  @Test
  void a_permission_is_given_once_by_its_kind_whatever_the_order_of_the_options() {
    assertThat(perform("permission")).isInstanceOf(Result.Done.class);

    assertThat(printed).contains("permission: edit something: allowed, this once");
    assertThat(tree.resolve("notes.txt")).exists();
  }

  @Test
  void reaching_out_of_the_fence_is_refused() {
    assertThat(perform("fetch")).isInstanceOf(Result.Done.class);

    assertThat(printed)
        .contains("permission: fetch something: refused")
        .anyMatch(line -> line.contains("\"optionId\": \"r\""));
  }

  @Test
  void files_and_terminals_of_the_client_are_not_offered() {
    assertThat(perform("files")).isInstanceOf(Result.Done.class);

    assertThat(printed).contains("agent: answered -32601");
  }

  @Test
  void what_an_agent_prints_beside_the_protocol_hurts_nothing() {
    assertThat(perform("noise")).isInstanceOf(Result.Done.class);

    assertThat(printed).contains("npm warn something");
    assertThat(tree.resolve("notes.txt")).exists();
  }

  @Test
  void a_very_long_message_is_heard_whole() {
    assertThat(perform("long")).isInstanceOf(Result.Done.class);

    assertThat(tree.resolve("notes.txt")).exists();
  }

  @Test
  void an_agent_that_does_the_same_again_and_again_is_stopped() {
    assertThat(failure(perform("loop")).message())
        .contains("it does the same again and again")
        .contains("Read notes.txt");
  }

  @Test
  void an_agent_that_gives_no_sign_is_stopped_with_all_that_it_has_started() {
    Watch.Limits impatient = Watch.Limits.DEFAULT.quietFor(Duration.ofSeconds(1));

    assertThat(failure(perform("hang", Map.of(), impatient)).message())
        .contains("it has done nothing for too long");
    assertThat(new Leftovers(INSTALLATION).kill(_ -> true)).isEmpty();
  }

  @Test
  void what_it_leaves_running_when_it_says_it_is_done_is_named_and_ended() {
    assertThat(perform("daemon")).isInstanceOf(Result.Done.class);

    assertThat(printed).contains("left running: sleep 1000; it is ended with the agent");
    assertThat(new Leftovers(INSTALLATION).kill(_ -> true)).isEmpty();
  }

  @Test
  void a_stop_ends_the_agent_and_its_children_at_once() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    OutputListener listener =
        (_, line) -> {
          if (line.equals("agent: hanging")) {
            hanging.countDown();
          }
        };
    FutureTask<Result> result =
        new FutureTask<>(() -> perform("hang", Map.of(), Watch.Limits.DEFAULT, listener));
    Thread worker = Thread.ofPlatform().start(result);
    assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();

    worker.interrupt();

    assertThat(result.get()).isEqualTo(new Result.Stopped());
    assertThat(new Leftovers(INSTALLATION).kill(_ -> true)).isEmpty();
  }

  @Test
  void a_crash_is_told_with_its_last_words() {
    assertThat(failure(perform("crash")).message())
        .contains("ended with exit code 1 before it was done")
        .contains("the model server is gone");
  }

  @Test
  void a_question_to_a_person_ends_the_attempt() {
    assertThat(perform("question")).isEqualTo(new Result.Asks("Which of the two?"));
  }

  @Test
  void one_that_is_not_signed_in_is_not_tried_again() {
    Failure failure = failure(perform("edit", Map.of("SIGNED_IN", "no"), Watch.Limits.DEFAULT));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.TERMINAL);
    assertThat(failure.message()).contains("it is not signed in");
  }

  @Test
  void an_answer_that_the_model_refuses_more_requests_is_told_as_that() {
    assertThat(failure(perform("limited")).message())
        .contains("its model refuses more requests for now")
        .contains("429 Too Many Requests");
  }

  @Test
  void other_reasons_to_stop_are_no_success() {
    assertThat(failure(perform("max_tokens")).message()).contains("its context is full");
    assertThat(failure(perform("refusal")).message()).contains("its model refuses");
    assertThat(failure(perform("something_new")).message()).contains("something_new");
  }

  @Test
  void what_it_is_given_is_filled_in_for_the_attempt() {
    assertThat(perform("home")).isInstanceOf(Result.Done.class);

    assertThat(printed).contains("agent: model small at http://127.0.0.1:8461 key-1 --model small");
  }

  @Test
  void what_people_told_before_is_part_of_what_it_is_asked() {
    told.add("DO:home ");

    assertThat(perform("")).isInstanceOf(Result.Done.class);
    assertThat(printed).anyMatch(line -> line.startsWith("agent: model small"));
  }

  @Test
  void what_people_tell_while_it_works_is_its_next_turn() {
    Engine.Job job = job("edit", Optional.of(MODELS));
    OutputListener listener =
        (_, line) -> {
          printed.add(line);
          if (line.equals("agent: Then I am done.")) {
            job.instructions().tell(List.of("DO:home "));
          }
        };

    assertThat(engine(Map.of(), Watch.Limits.DEFAULT).perform(job, listener))
        .isInstanceOf(Result.Done.class);
    assertThat(printed)
        .containsSubsequence(
            "tool: edit Edit notes.txt: completed",
            "agent: model small at http://127.0.0.1:8461 key-1 --model small");
    assertThat(turnsEnded).hasValue(1);
  }

  @Test
  void a_turn_is_cut_short_when_it_is_to_wrap_up_and_the_next_one_says_what_is_left() {
    assertThat(wrapUpWhenWorking("patient")).isInstanceOf(Result.Done.class);

    assertThat(printed)
        .containsSubsequence("its turn is cut short, as it is to wrap up", "agent: heard " + LOW);
    assertThat(turnsEnded).hasValue(1);
    assertThat(tree.resolve("notes.txt")).hasContent("edited");
  }

  @Test
  void one_that_goes_on_although_it_is_to_wrap_up_is_stopped() {
    Failure failure = failure(wrapUpWhenWorking("stubborn"));

    assertThat(failure.message()).contains("it goes on although it was told to wrap up");
    assertThat(failure.violations())
        .extracting(Violation::category)
        .containsExactly(Violation.Category.STUCK);
  }

  private Result wrapUpWhenWorking(String what) {
    Engine.Job job = job(what, Optional.of(MODELS));
    OutputListener listener =
        (_, line) -> {
          printed.add(line);
          if (line.equals("agent: working")) {
            job.instructions().tell(List.of(LOW));
          }
        };
    return engine(Map.of(), Watch.Limits.DEFAULT).perform(job, listener);
  }

  @Test
  void without_models_it_cannot_begin() {
    Engine.Job job = job("edit", Optional.empty());

    assertThat(failure(engine(Map.of(), Watch.Limits.DEFAULT).perform(job, (_, _) -> {})).message())
        .contains("needs a language model");
  }

  @Test
  void agents_that_are_known_can_be_read() {
    assertThat(Agents.known())
        .extracting(Agent::name)
        .contains("codex", "claude-code", "gemini", "opencode", "qwen");
  }

  @Test
  void what_is_not_said_of_a_known_agent_is_as_it_is_known() {
    Agent codex = Agents.read("codex: {command: [/opt/codex], model: small}").getFirst();

    assertThat(codex.command()).containsExactly("/opt/codex");
    assertThat(codex.model()).isEqualTo("small");
    assertThat(codex.home()).containsKey("codex/config.toml");
  }

  @Test
  void every_mistake_in_a_file_of_agents_is_named() {
    String yaml =
        """
        mine: {command: [mine], colour: red}
        Yours: {command: [yours]}
        theirs: {command: [theirs], home: {../x: y}}
        """;

    assertThatThrownBy(() -> Agents.read(yaml))
        .hasMessageContaining("mine: there is no \"colour\"")
        .hasMessageContaining("Yours: a name is made of")
        .hasMessageContaining("theirs: agent theirs: a file of its home is a path within it");
  }

  private static Failure failure(Result result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed) result).failure();
  }

  private Result perform(String what) {
    return perform(what, Map.of(), Watch.Limits.DEFAULT);
  }

  private Result perform(String what, Map<String, String> environment, Watch.Limits patience) {
    return perform(what, environment, patience, (_, line) -> printed.add(line));
  }

  private Result perform(
      String what, Map<String, String> environment, Watch.Limits patience, OutputListener output) {
    return engine(environment, patience).perform(job(what, Optional.of(MODELS)), output);
  }

  private AcpEngine engine(Map<String, String> more, Watch.Limits patience) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KEY", "{key}");
    Agent agent =
        new Agent(
            "scripted",
            List.of("/usr/bin/python3", program + "/agent.py", "--model", "{model}"),
            environment,
            Map.of("settings.txt", "model {model} at {models}"),
            "small",
            Optional.empty(),
            Permissions.WITHIN_THE_FENCE,
            List.of(program));
    return new AcpEngine(
        agent,
        Bubblewrap.find(folder.resolve("sandbox"), ControlGroups.NONE, INSTALLATION),
        Path.of("/capstan/files"),
        Limits.DEFAULT,
        Prompts.bundled(),
        patience);
  }

  private Engine.Job job(String what, Optional<ModelAccess> models) {
    SystemFolders system = SystemFolders.detect(folder.resolve("sandbox"), System.getenv());
    return new Engine.Job(
        "run-1/execute/one/1",
        new Engine.Purpose(
            new RunId("run-1"),
            new StepId("one"),
            "Edit the notes",
            "because",
            "Tidy up",
            new CommitId("0".repeat(40)),
            Scope.EVERYTHING,
            Set.of()),
        new Work(
            "scripted",
            what.isEmpty() ? List.of() : List.of("DO:" + what + " "),
            Map.of(),
            List.of(),
            Duration.ofMinutes(5)),
        tree,
        system.binds(Network.NONE),
        system.environment(),
        Map.of(),
        tree.resolveSibling("ask"),
        tree.resolveSibling("tell"),
        new Instructions(told),
        Optional.empty(),
        Network.NONE,
        models,
        Optional.empty(),
        turnsEnded::incrementAndGet);
  }
}
