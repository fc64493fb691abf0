package dev.capstan.engines.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine;
import dev.capstan.engines.Engine.Result;
import dev.capstan.engines.Instructions;
import dev.capstan.engines.ModelAccess;
import dev.capstan.engines.TreeFiles;
import dev.capstan.engines.Workbench;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Passage;
import dev.capstan.testkit.model.Answer;
import dev.capstan.testkit.model.Expectation;
import dev.capstan.testkit.model.Script;
import dev.capstan.testkit.model.ScriptedModelServer;
import dev.capstan.testkit.model.ToolUse;
import dev.capstan.testkit.model.Turn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in agent with a scripted model, over HTTP. */
class BuiltInEngineTest {
  @TempDir private Path folder;
  private Path tree;
  private final List<String> printed = Collections.synchronizedList(new ArrayList<>());
  private final Instructions instructions = new Instructions(List.of());
  private BuiltInEngine.Limits limits = BuiltInEngine.Limits.DEFAULT;
  private Scope scope = new Scope(List.of("src/**"));
  private List<String> arguments = List.of("model=small", "Keep it short.");
  private Duration timeLimit = Duration.ofMinutes(2);
  private OutputListener output = (_, line) -> printed.add(line);

  /** The plain files, and tests that only count how often they are run. */
  private final class Bench implements Workbench, Workbench.CodeReader {
    private int tested;

    @Override
    public CodeReader code() {
      return this;
    }

    @Override
    public String test() {
      tested++;
      return "built; 3 tests: 3 passed, time " + tested;
    }

    @Override
    public List<String> paths(Scope where, int most) {
      return TreeFiles.in(tree, where).stream().limit(most).toList();
    }

    @Override
    public List<Hit> search(String words, Scope where, int most) {
      return paths(where, most).stream()
          .filter(path -> TreeFiles.text(tree, path).orElse("").contains(words))
          .map(path -> new Hit(path, 1, words))
          .toList();
    }

    @Override
    public Content read(String path) {
      return path.contains("secret")
          ? new Content.Withheld(path + " says NO_LLM")
          : TreeFiles.text(tree, path)
              .<Content>map(Content.Text::new)
              .orElseGet(() -> new Content.Withheld("there is no file " + path));
    }
  }

  @BeforeEach
  void lay_out() throws IOException {
    tree = Files.createDirectories(folder.toRealPath().resolve("tree"));
    Files.createDirectories(tree.resolve("src"));
    Files.writeString(tree.resolve("src/greeting.txt"), "hello\nbye\n");
    Files.writeString(tree.resolve("Makefile"), "test:\n");
  }

  private static Turn uses(String tool, Map<String, Object> arguments) {
    return Turn.uses(new ToolUse.Named(tool, arguments));
  }

  private static Turn finish(String done) {
    return uses("finish", Map.of("done", done, "summary", "The greeting was changed."));
  }

  private Result perform(Turn... turns) {
    try (ScriptedModelServer model = ScriptedModelServer.start(Script.of(turns))) {
      Result result =
          new BuiltInEngine(Prompts.bundled(), limits, Watch.Limits.DEFAULT)
              .perform(job(model), output);
      assertThat(model.unmet()).isEmpty();
      return result;
    }
  }

  private Engine.Job job(ScriptedModelServer model) {
    Passage passage =
        (in, out) -> {
          try (Socket socket =
              new Socket(InetAddress.getLoopbackAddress(), model.url().getPort())) {
            Thread back =
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        socket.getInputStream().transferTo(out);
                        out.close();
                      } catch (IOException ended) {
                        // With the connection.
                      }
                    });
            in.transferTo(socket.getOutputStream());
            back.interrupt();
          }
        };
    return new Engine.Job(
        "run-1/execute/one/1",
        new Engine.Purpose(
            new RunId("run-1"),
            new StepId("one"),
            "Change the greeting",
            "because",
            "Greet the world",
            new CommitId("0".repeat(40)),
            scope,
            Set.of()),
        new Work(BuiltInEngine.NAME, arguments, Map.of(), List.of(), timeLimit),
        tree,
        List.of(),
        Map.of(),
        Map.of(),
        folder,
        folder,
        instructions,
        Optional.empty(),
        Network.NONE,
        Optional.of(new ModelAccess("key-1", passage)),
        Optional.of(new Bench()),
        () -> {});
  }

  private static Failure failure(Result result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed) result).failure();
  }

  private String greeting() throws IOException {
    return Files.readString(tree.resolve("src/greeting.txt"));
  }

  @Test
  void it_searches_reads_edits_tests_and_says_what_it_did() throws IOException {
    Result result =
        perform(
            uses("search", Map.of("words", "hello"))
                .expecting(
                    new Expectation(
                        List.of(
                            "Change the greeting", "Greet the world", "src/**", "Keep it short."),
                        List.of(),
                        List.of("search", "read_file", "edit_file", "run_tests", "finish"),
                        Optional.of("small"))),
            Turn.uses(new ToolUse.Read("src/greeting.txt")).expecting("src/greeting.txt:1: hello"),
            Turn.uses(new ToolUse.Edit("src/greeting.txt", "hello", "hello, world"))
                .expecting("hello\nbye"),
            uses("run_tests", Map.of()).expecting("written"),
            finish("yes").expecting("built; 3 tests: 3 passed, time 1"));

    assertThat(result).isInstanceOf(Result.Done.class);
    assertThat(greeting()).isEqualTo("hello, world\nbye\n");
    assertThat(printed)
        .containsSubsequence("tool: edit_file: written", "result: done: The greeting was changed.");
  }

  @Test
  void files_are_made_and_deleted() {
    perform(
        Turn.writes("src/new/one.txt", "1"),
        uses("delete_file", Map.of("path", "src/greeting.txt")).expecting("written"),
        finish("yes").expecting("deleted"));

    assertThat(tree.resolve("src/new/one.txt")).hasContent("1");
    assertThat(tree.resolve("src/greeting.txt")).doesNotExist();
  }

  @Test
  void nothing_is_changed_outside_of_the_scope_and_the_model_is_told() {
    perform(
        Turn.writes("Makefile", "all:\n"),
        finish("yes").expecting("Makefile is not in the scope of this step, which is src/**"));

    assertThat(tree.resolve("Makefile")).hasContent("test:");
  }

  @Test
  void no_path_leads_out_of_the_clone_or_to_git() throws IOException {
    scope = Scope.EVERYTHING;
    Files.createDirectories(folder.resolve("outside"));
    Files.createSymbolicLink(tree.resolve("out"), folder.resolve("outside"));
    Files.createSymbolicLink(tree.resolve("link.txt"), folder.resolve("outside/link.txt"));
    Files.createDirectories(tree.resolve(".git/hooks"));

    perform(
        Turn.writes("../outside/a.txt", "x"),
        Turn.writes("out/a.txt", "x").expecting("../outside/a.txt is no path within"),
        Turn.writes("link.txt", "x").expecting("out/a.txt is no path within"),
        Turn.writes(".git/hooks/pre-commit", "x").expecting("link.txt is no path within"),
        Turn.writes("/etc/capstan-test", "x").expecting(".git/hooks/pre-commit is no path within"),
        uses("read_file", Map.of("path", "out/a.txt")).expecting("/etc/capstan-test is no path"),
        finish("yes"));

    assertThat(folder.resolve("outside")).isEmptyDirectory();
    assertThat(tree.resolve(".git/hooks")).isEmptyDirectory();
  }

  @Test
  void what_models_may_not_read_they_cannot_change_either() throws IOException {
    Files.writeString(tree.resolve("src/secret.txt"), "NO_LLM");

    perform(
        Turn.writes("src/secret.txt", "mine"),
        finish("yes").expecting("src/secret.txt says NO_LLM"));

    assertThat(tree.resolve("src/secret.txt")).hasContent("NO_LLM");
  }

  @Test
  void an_edit_that_is_not_clear_changes_nothing() throws IOException {
    perform(
        Turn.uses(new ToolUse.Edit("src/greeting.txt", "good day", "x")),
        Turn.uses(new ToolUse.Edit("src/greeting.txt", "e", "x"))
            .expecting("does not stand in the file"),
        finish("yes").expecting("stands there more than once"));

    assertThat(greeting()).isEqualTo("hello\nbye\n");
  }

  @Test
  void a_role_that_only_looks_has_no_tool_to_change_anything() throws IOException {
    arguments = List.of("model=small", "role=analyser");

    perform(
        Turn.uses(new ToolUse.Named("write_file", Map.of("path", "src/x", "content", "x"))),
        finish("yes").expecting("there is no such tool"));

    assertThat(tree.resolve("src/x")).doesNotExist();
  }

  @Test
  void one_that_says_that_it_is_not_done_is_believed() {
    assertThat(failure(perform(finish("no"))).message())
        .contains("the agent says that it is not done: The greeting was changed.");
  }

  @Test
  void one_that_does_the_same_again_and_again_is_stopped() {
    Turn same = uses("read_file", Map.of("path", "src/greeting.txt"));

    assertThat(failure(perform(same, same, same, same, same, same, same, same)).message())
        .contains("it does the same again and again, at last: read_file");
  }

  @Test
  void one_that_only_talks_is_reminded_and_then_stopped() {
    assertThat(
            failure(
                    perform(
                        Turn.says("I will."),
                        Turn.says("Soon.").expecting("You called no tool"),
                        Turn.says("Done!")))
                .message())
        .contains("it has done nothing for too long");
  }

  @Test
  void turns_and_tokens_have_an_end() {
    limits = new BuiltInEngine.Limits(2, 1_000_000, 400_000);
    assertThat(
            failure(
                    perform(
                        uses("search", Map.of("words", "a")), uses("search", Map.of("words", "b"))))
                .message())
        .contains("it has called tools too often");

    limits = new BuiltInEngine.Limits(10, 1_000, 400_000);
    assertThat(failure(perform(uses("search", Map.of("words", "a")))).message())
        .contains("it has called tools too often");
  }

  @Test
  void a_question_ends_the_attempt() {
    assertThat(perform(uses("ask", Map.of("question", "Whom shall I greet?"))))
        .isEqualTo(new Result.Asks("Whom shall I greet?"));
  }

  @Test
  void what_a_person_tells_is_heard_before_the_next_turn_and_before_it_may_end() {
    output =
        (_, line) -> {
          printed.add(line);
          if (line.startsWith("tool: finish")
              && printed.stream().noneMatch("told: Greet Mars."::equals)) {
            instructions.tell(List.of("Greet Mars."));
          }
        };

    Result result = perform(finish("yes"), finish("yes").expecting("Greet Mars."));

    assertThat(result).isInstanceOf(Result.Done.class);
    assertThat(printed).contains("told: Greet Mars.");
  }

  @Test
  void what_the_model_refuses_is_told_as_what_it_is() {
    assertThat(failure(perform(Turn.fails(429))).message())
        .contains("refuses more requests for now");
    assertThat(failure(perform(Turn.fails(500))).message()).contains("its model failed");
    assertThat(failure(perform(Turn.fails(402))).message()).contains("its budget is spent");
    Failure refused = failure(perform(Turn.fails(401)));
    assertThat(refused.message()).contains("it is not signed in");
    assertThat(refused.kind()).isEqualTo(Failure.Kind.TERMINAL);
    assertThat(failure(perform(Turn.answers(new Answer.Empty()))).message())
        .contains("the model answered nothing");
  }

  @Test
  void what_was_answered_long_ago_is_left_out_when_it_grows_too_long() throws IOException {
    limits = new BuiltInEngine.Limits(50, 1_000_000, 30_000);
    Files.writeString(tree.resolve("src/long.txt"), "needle".repeat(2_000));
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      turns.add(uses("read_file", Map.of("path", "src/long.txt", "from", "1", "to", "" + (i + 1))));
    }
    turns.add(finish("yes").expecting("left out to save room"));

    assertThat(perform(turns.toArray(Turn[]::new))).isInstanceOf(Result.Done.class);
  }

  @Test
  void a_stop_ends_it_while_the_model_is_thinking() throws Exception {
    Turn slow = Turn.says("I think").paced(Duration.ofMinutes(5), Duration.ZERO);
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedModelServer model = ScriptedModelServer.start(Script.of(slow))) {
      Engine.Job job = job(model);
      FutureTask<Result> result =
          new FutureTask<>(() -> {
            asked.countDown();
            return new BuiltInEngine(Prompts.bundled()).perform(job, output);
          });
      Thread worker = Thread.ofPlatform().start(result);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

      worker.interrupt();

      assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo(new Result.Stopped());
    }
  }

  @Test
  void it_wants_to_be_told_its_model() {
    Work work = new Work(BuiltInEngine.NAME, List.of("Go"), Map.of(), List.of(), timeLimit);

    assertThat(new BuiltInEngine(Prompts.bundled()).refuses(work))
        .hasValueSatisfying(why -> assertThat(why).contains("needs to be told its model"));
  }
}
