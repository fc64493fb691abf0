package dev.capstan.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Scope;
import dev.capstan.engines.Engine.Purpose;
import dev.capstan.engines.Placeholders.Filled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
  private static final String BASE = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path tree;

  private Filled fill(Scope scope, String... command) {
    Purpose purpose =
        new Purpose(
            new RunId("run-7"),
            new StepId("tidy"),
            "Tidy up",
            "because",
            "Tidy; rm -rf $HOME {base} \\1",
            new CommitId(BASE),
            scope,
            Set.of());
    return Placeholders.fill(List.of(command), purpose, tree);
  }

  private static Optional<String> fault(String... command) {
    return Placeholders.fault(List.of(command));
  }

  private void write(String file) throws IOException {
    Path path = tree.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "text");
  }

  @Test
  void each_is_replaced_within_its_argument() {
    String[] command = {"tool", "{goal}", "--goal={goal}", "{base}..HEAD", "x/{run}/{step}.txt"};

    assertThat(fault(command)).isEmpty();
    assertThat(fill(Scope.EVERYTHING, command))
        .isEqualTo(
            new Filled.Command(
                List.of(
                    "tool",
                    "Tidy; rm -rf $HOME {base} \\1",
                    "--goal=Tidy; rm -rf $HOME {base} \\1",
                    BASE + "..HEAD",
                    "x/run-7/tidy.txt")));
  }

  @Test
  void files_are_those_of_the_scope_each_an_argument() throws IOException {
    write("src/a b.js");
    write("src/c.js");
    write("-rf.js");
    write("src/c.txt");
    write(".git/config.js");
    Files.createSymbolicLink(tree.resolve("src/link.js"), tree.resolve("src/c.js"));
    Files.createSymbolicLink(tree.resolve("linked"), tree.resolve("src"));

    assertThat(fill(new Scope(List.of("**/*.js")), "tool", "{files}", "end"))
        .isEqualTo(
            new Filled.Command(List.of("tool", "./-rf.js", "src/a b.js", "src/c.js", "end")));
  }

  @Test
  void no_files_is_no_command() {
    assertThat(fill(new Scope(List.of("**/*.js")), "tool", "{files}"))
        .isEqualTo(
            new Filled.Impossible(
                "{files} is nothing: no file of the repository is in the step's scope"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "s/{}/{x}/",
        "{a,b}",
        "${goal}",
        "sh ${step}",
        "HEAD@{upstream}",
        "{{.Dir}}",
        "{{ name }}",
        "{{goal}}",
        "{\"a\":{\"b\":1}}",
        "{ print }",
        "{print $1} END {exit}",
        "{Goal}",
        "{base_commit}",
        "x{1,3}"
      })
  void other_braces_stay_as_they_are(String argument) {
    assertThat(fault("tool", argument)).isEmpty();
    assertThat(fill(Scope.EVERYTHING, "tool", argument))
        .isEqualTo(new Filled.Command(List.of("tool", argument)));
  }

  @Test
  void a_doubled_brace_is_a_brace() {
    assertThat(fault("awk", "{{print}", "-c", "echo {{goal}")).isEmpty();
    assertThat(fill(Scope.EVERYTHING, "awk", "{{print}", "-c", "echo {{goal}"))
        .isEqualTo(new Filled.Command(List.of("awk", "{print}", "-c", "echo {goal}")));
  }

  @Test
  void one_that_is_unknown_is_named() {
    assertThat(fault("tool", "--to={gaol}"))
        .contains(
            "{gaol} is no placeholder; there are {goal}, {base}, {step}, {run}, {files}; for the text itself write {{gaol}");
  }

  @Test
  void none_gets_into_a_script() {
    assertThat(fault("sh", "-c", "echo {step}; echo {goal}").orElseThrow())
        .startsWith("{step} stands in an argument that a program may read as a script")
        .contains("sh -c 'echo \"$1\"' sh {step}");
    for (String flag : List.of("-c", "-lc", "-e", "--eval")) {
      assertThat(fault("sh", flag, "{goal}"))
          .contains("{goal} must not follow " + flag + ", after which programs take a script");
    }
    assertThat(fault("node", "--eval={goal}").orElseThrow()).startsWith("{goal} must not follow");
    assertThat(fault("tool", "a{goal}").orElseThrow()).startsWith("{goal} is any text");
    assertThat(fault("tool", "--x=a,{goal}").orElseThrow()).startsWith("{goal} is any text");
  }

  @Test
  void files_stand_alone_and_nothing_names_the_program() {
    assertThat(fault("tool", "--in={files}").orElseThrow()).startsWith("{files} is many arguments");
    assertThat(fault("{step}")).contains("the program cannot be named by the placeholder {step}");
  }
}
