package dev.capstan.engines.codemod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine;
import dev.capstan.engines.Engine.Result;
import dev.capstan.engines.Instructions;
import dev.capstan.engines.codemod.Codemod.Limits;
import dev.capstan.sandbox.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A codemod over a work tree. */
class CodemodEngineTest {
  private static final Path FILES = Path.of("/capstan/files");
  private static final String SHOUT =
      """
      const files = "**/*.txt";
      function transform(file) {
        return file.text.toUpperCase() + (file.options.end ?? "");
      }
      """;

  @TempDir Path folder;
  private Path tree;
  private final CodemodEngine engine = new CodemodEngine(FILES, Limits.DEFAULT);
  private final List<String> printed = new ArrayList<>();

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectory(folder.resolve("tree"));
    write("a.txt", "one\r\n");
    write("src/b.txt", "two");
    write("src/c.md", "three");
  }

  private Path write(String file, String text) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private String read(String file) throws IOException {
    return Files.readString(tree.resolve(file));
  }

  private static Work work(Duration limit, String... arguments) {
    return new Work(
        CodemodEngine.NAME,
        List.of(arguments),
        Map.of("mod.js", new ContentHash("0".repeat(64))),
        List.of(),
        limit);
  }

  private Result perform(CodemodEngine by, Scope scope, Work work, String script)
      throws IOException {
    Path copy = Files.writeString(folder.resolve("mod.js"), script);
    return by.perform(
        new Engine.Job(
            "label",
            new Engine.Purpose(
                new RunId("run"),
                new StepId("s"),
                "Tidy up",
                "because",
                "goal",
                new CommitId("0".repeat(40)),
                scope,
                Set.of()),
            work,
            tree,
            List.of(),
            Map.of(),
            Map.of("mod.js", copy),
            folder,
            folder,
            new Instructions(List.of()),
            Optional.empty(),
            Network.NONE),
        (_, line) -> printed.add(line));
  }

  private Result perform(String script, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("/capstan/files/mod.js"));
    arguments.addAll(List.of(options));
    return perform(
        engine,
        Scope.EVERYTHING,
        work(Duration.ofMinutes(5), arguments.toArray(String[]::new)),
        script);
  }

  private static Failure failure(Result result) {
    assertThat(result).isInstanceOf(Result.Failed.class);
    return ((Result.Failed) result).failure();
  }

  @Test
  void each_file_that_it_is_for_is_changed() throws IOException {
    Files.setPosixFilePermissions(
        tree.resolve("a.txt"), PosixFilePermissions.fromString("rwxr-x---"));

    assertThat(perform(SHOUT, "end=!=")).isEqualTo(new Result.Done());

    assertThat(read("a.txt")).isEqualTo("ONE\r\n!=");
    assertThat(read("src/b.txt")).isEqualTo("TWO!=");
    assertThat(read("src/c.md")).isEqualTo("three");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tree.resolve("a.txt"))))
        .isEqualTo("rwxr-x---");
    assertThat(printed)
        .containsExactly("a.txt changed", "src/b.txt changed", "2 of 2 files changed");
  }

  @Test
  void a_file_outside_the_scope_is_not_shown_to_it() throws IOException {
    assertThat(
            perform(
                engine,
                new Scope(List.of("src/**")),
                work(Duration.ofMinutes(5), "/capstan/files/mod.js"),
                SHOUT))
        .isEqualTo(new Result.Done());

    assertThat(read("a.txt")).isEqualTo("one\r\n");
    assertThat(read("src/b.txt")).isEqualTo("TWO");
  }

  @Test
  void links_and_the_files_of_git_are_left_alone() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.txt"), "secret");
    Files.createSymbolicLink(tree.resolve("link.txt"), outside);
    Files.createSymbolicLink(tree.resolve("folder"), folder);
    write(".git/hooks/x.txt", "hook");

    assertThat(perform(SHOUT)).isEqualTo(new Result.Done());

    assertThat(outside).hasContent("secret");
    assertThat(read(".git/hooks/x.txt")).isEqualTo("hook");
    assertThat(read("a.txt")).isEqualTo("ONE\r\n");
  }

  @Test
  void what_fails_is_named_with_codemod_and_file() throws IOException {
    Failure failure =
        failure(perform("function transform(file) {\n  if (file.path !== 'a.txt') nosuch();\n}"));

    assertThat(failure)
        .isEqualTo(
            Failure.recoverable(
                "codemod mod.js, src/b.txt: ReferenceError: nosuch is not defined (line 2)"));
  }

  @Test
  void a_script_that_cannot_be_used_is_not_tried_again() throws IOException {
    assertThat(failure(perform("function transform(")).kind()).isEqualTo(Failure.Kind.TERMINAL);
    assertThat(failure(perform("const files = 7; function transform() {}")))
        .isEqualTo(
            Failure.terminal("codemod mod.js: its files are neither a glob nor a list of globs"));
    assertThat(failure(perform("const x = 1;")))
        .isEqualTo(Failure.terminal("codemod mod.js: it defines no function transform(file)"));
  }

  @Test
  void what_is_no_text_is_refused() throws IOException {
    Files.write(tree.resolve("a.txt"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(failure(perform(SHOUT)).message())
        .isEqualTo(
            "codemod mod.js, a.txt: it is no text in UTF-8; leave the file out of the codemod's files or the step's scope");
    assertThat(failure(perform("function transform() { return '\\ud800'; }")).message())
        .contains("no text");
  }

  @Test
  void what_is_too_large_is_refused_before_and_after() throws IOException {
    CodemodEngine small = new CodemodEngine(FILES, new Limits(Duration.ofSeconds(20), 64, 200));
    Work work = work(Duration.ofMinutes(5), "/capstan/files/mod.js");

    assertThat(
            failure(
                    perform(
                        small,
                        Scope.EVERYTHING,
                        work,
                        "function transform() { return 'x'.repeat(201); }"))
                .message())
        .contains("a.txt: its new text is larger than 200 bytes");
    assertThat(read("a.txt")).isEqualTo("one\r\n");

    write("a.txt", "x".repeat(201));
    assertThat(failure(perform(small, Scope.EVERYTHING, work, "function transform() {}")).message())
        .contains("a.txt: it is larger than 200 bytes");
  }

  @Test
  void time_for_each_file_and_for_all_is_limited() throws IOException {
    perform("function transform() {}");
    String loop = "function transform() { while (true) {} }";
    CodemodEngine quick = new CodemodEngine(FILES, new Limits(Duration.ofMillis(300), 64, 1000));

    Failure one =
        failure(
            perform(
                quick,
                Scope.EVERYTHING,
                work(Duration.ofMinutes(5), "/capstan/files/mod.js"),
                loop));
    assertThat(one.message())
        .isEqualTo("codemod mod.js, a.txt: still running after 300 ms, its time limit");
    assertThat(one.violations())
        .containsExactly(
            new Violation(
                Category.TIME_OUT, "a.txt", "still running after 300 ms, its time limit"));

    Failure all =
        failure(
            perform(
                engine,
                Scope.EVERYTHING,
                work(Duration.ofSeconds(1), "/capstan/files/mod.js"),
                loop));
    assertThat(all.violations()).extracting(Violation::category).containsExactly(Category.TIME_OUT);
  }

  @Test
  void memory_is_limited() throws IOException {
    Failure failure =
        failure(perform("function transform() { return new Uint8Array(1 << 30).join(); }"));

    assertThat(failure.message())
        .startsWith("codemod mod.js, a.txt: it needs more than 64 MiB of memory");
    assertThat(failure.violations())
        .extracting(Violation::category)
        .containsExactly(Category.LIMIT);
  }

  @Test
  void an_interrupt_stops_it() throws IOException {
    Thread.currentThread().interrupt();

    Result result = perform("function transform() { while (true) {} }");

    assertThat(Thread.interrupted()).isFalse();
    assertThat(result).isEqualTo(new Result.Stopped());
  }

  @Test
  void what_can_never_be_done_is_refused_before_it_begins() {
    Duration limit = Duration.ofMinutes(1);

    assertThat(engine.refuses(work(limit, "/capstan/files/mod.js", "a=1", "b="))).isEmpty();
    assertThat(engine.refuses(work(limit))).contains("it names no script");
    assertThat(engine.refuses(work(limit, "scripts/mod.js")))
        .contains("the script \"scripts/mod.js\" was not sent along");
    assertThat(engine.refuses(work(limit, "/capstan/files/../mod.js"))).isPresent();
    assertThat(engine.refuses(work(limit, "/capstan/files/other.js"))).isPresent();
    assertThat(engine.refuses(work(limit, "/capstan/files/mod.js", "--fast")))
        .contains("\"--fast\" is not an option: name=value, of letters and digits");
    assertThat(engine.refuses(work(limit, "/capstan/files/mod.js", "a=1", "a=2")))
        .contains("an option is given twice");
  }
}
