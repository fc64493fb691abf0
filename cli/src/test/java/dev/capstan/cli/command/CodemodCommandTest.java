package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.cli.command.CodemodCases.Tried;
import dev.capstan.core.evidence.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codemods on the cases beside them, without a server. */
class CodemodCommandTest {
  private static final Path EXAMPLES = Path.of("..", "examples", "codemods");

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void write() throws IOException {
    script =
        Files.writeString(
            folder.resolve("shout.js"),
            "const files = '**/*.txt'; const transform = (file) => file.text.toUpperCase();");
  }

  private void add(String name, String file, String text) throws IOException {
    Path place = folder.resolve("shout.test").resolve(name);
    Files.createDirectories(place);
    Files.writeString(place.resolve(file), text);
  }

  private int exit(Path path) {
    return CapstanCommand.execute("codemod", "test", path.toString());
  }

  @Test
  void every_case_of_the_examples_passes() throws IOException, InterruptedException {
    for (String name : List.of("replace-call.js", "licence-header.js")) {
      List<Tried> tried = CodemodCases.of(EXAMPLES.resolve(name));
      assertThat(tried).hasSizeGreaterThan(1);
      assertThat(tried).allSatisfy(one -> assertThat(one.verdict()).isEqualTo(Verdict.PASS));
    }
    assertThat(exit(EXAMPLES)).isZero();
  }

  @Test
  void what_differs_is_shown() throws IOException, InterruptedException {
    add("wrong", "input.txt", "one\ntwo\n");
    add("wrong", "expected.txt", "ONE\nTWOO\n");

    assertThat(CodemodCases.of(script))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.verdict()).isEqualTo(Verdict.FAIL);
          assertThat(one.diff()).contains("-TWOO", "+TWO");
        });
    assertThat(exit(script)).isEqualTo(1);
  }

  @Test
  void a_codemod_without_cases_did_not_run() throws IOException, InterruptedException {
    assertThat(CodemodCases.of(script))
        .extracting(Tried::verdict)
        .containsExactly(Verdict.DID_NOT_RUN);
    assertThat(exit(script)).isEqualTo(1);
    assertThat(exit(folder)).isEqualTo(1);
  }

  @Test
  void one_case_that_cannot_be_tried_is_never_green() throws IOException, InterruptedException {
    add("good", "input.txt", "one");
    add("good", "expected.txt", "ONE");
    assertThat(exit(script)).isZero();

    add("half", "input.txt", "one");
    assertThat(CodemodCases.of(script))
        .extracting(Tried::name, Tried::verdict)
        .containsExactly(tuple("good", Verdict.PASS), tuple("half", Verdict.DID_NOT_RUN));
    assertThat(exit(script)).isEqualTo(1);
  }

  @Test
  void a_file_that_it_is_not_for_stays_as_it_is() throws IOException, InterruptedException {
    add("other", "input.md", "one");
    add("other", "expected.md", "ONE");

    assertThat(CodemodCases.of(script))
        .extracting(Tried::detail)
        .containsExactly("input.md is none of the codemod's files");

    add("other", "case.yaml", "path: docs/a.txt");
    assertThat(CodemodCases.of(script)).extracting(Tried::verdict).containsExactly(Verdict.PASS);
  }

  @Test
  void what_breaks_is_said() throws IOException, InterruptedException {
    Files.writeString(script, "function transform() { nosuch(); }");
    add("any", "input.txt", "one");
    add("any", "expected.txt", "one");

    assertThat(CodemodCases.of(script))
        .extracting(Tried::detail)
        .containsExactly("ReferenceError: nosuch is not defined (line 1)");
  }

  @Test
  void without_a_codemod_there_is_nothing_to_test() throws IOException {
    assertThat(exit(folder.resolve("none.js"))).isEqualTo(2);
    assertThat(exit(Files.createDirectory(folder.resolve("empty")))).isEqualTo(2);
  }
}
