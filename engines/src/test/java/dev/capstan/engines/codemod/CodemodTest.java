package dev.capstan.engines.codemod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.plan.Scope;
import dev.capstan.engines.codemod.Codemod.Declared;
import dev.capstan.engines.codemod.Codemod.Failed;
import dev.capstan.engines.codemod.Codemod.Limits;
import dev.capstan.engines.codemod.Codemod.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One script on one text, by the real engine. */
class CodemodTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Codemod codemod(String source) {
    return new Codemod(source, Map.of("to", "two", "constructor", "x"), Limits.DEFAULT);
  }

  private static Reply transform(String source, String text) {
    try {
      return codemod(source).transform("src/a.js", text, HOUR, _ -> {});
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static String why(String source) {
    Reply reply = transform(source, "one");
    assertThat(reply).isInstanceOf(Failed.class);
    Failed failed = (Failed) reply;
    assertThat(failed.trouble()).as(failed.why()).isEqualTo(Trouble.ERROR);
    return failed.why();
  }

  @Test
  void the_new_text_is_what_it_returns() {
    assertThat(
            transform(
                "function transform(file) { return file.text.replace('one', file.options.to) + file.path; }",
                "one, ünï \u0000 \uD83D\uDE00\r\n"))
        .isEqualTo(new Reply.Changed("two, ünï \u0000 \uD83D\uDE00\r\nsrc/a.js"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "function transform(file) { return file.text; }",
        "function transform(file) { return null; }",
        "const transform = (file) => {};",
        "'use strict'; function transform(file) {} // no end of line"
      })
  void the_same_text_or_none_is_no_change(String source) {
    assertThat(transform(source, "one")).isEqualTo(new Reply.Unchanged());
  }

  @Test
  void it_says_which_files_it_is_for() throws InterruptedException {
    assertThat(codemod("function transform() {}").files(HOUR))
        .isEqualTo(new Declared.Files(Scope.EVERYTHING));
    assertThat(codemod("const files = '**/*.js'; function transform() {}").files(HOUR))
        .isEqualTo(new Declared.Files(new Scope(List.of("**/*.js"))));
    assertThat(codemod("var files = ['a', 'b']; function transform() {}").files(HOUR))
        .isEqualTo(new Declared.Files(new Scope(List.of("a", "b"))));
    assertThat(codemod("const files = 7; function transform() {}").files(HOUR))
        .isEqualTo(new Failed(Trouble.ERROR, "its files are neither a glob nor a list of globs"));
  }

  @Test
  void what_is_wrong_with_it_is_said_with_its_line() {
    assertThat(why("\n\nfunction transform(file) {\n  file.txt.foo();\n}"))
        .startsWith("TypeError: ")
        .endsWith("(line 4)");
    assertThat(why("\nfunction transform(file) {\n  return }}"))
        .startsWith("SyntaxError: ")
        .endsWith("(line 3)");
    assertThat(why("const x = 1;\nnosuch();"))
        .isEqualTo("ReferenceError: nosuch is not defined (line 2)");
    assertThat(why("function transform() { throw 'a fit'; }")).isEqualTo("it threw a fit");
    assertThat(
            why(
                "function transform() { throw { get message() { throw 1; }, toString() { throw 2; } }; }"))
        .isEqualTo("it threw something that cannot be read");
  }

  @Test
  void without_a_transform_there_is_nothing_to_do() {
    assertThat(why("")).isEqualTo("it defines no function transform(file)");
    assertThat(why("const transform = 7;")).isEqualTo("it defines no function transform(file)");
  }

  @Test
  void what_is_no_text_is_refused() {
    assertThat(why("function transform() { return 7; }"))
        .isEqualTo("transform returned a number, not the new text");
    assertThat(why("function transform() { return ['a']; }"))
        .isEqualTo("transform returned an array, not the new text");
    assertThat(why("async function transform() { return 'a'; }"))
        .isEqualTo("transform returned a promise, not the new text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "require('fs')",
        "fetch('http://localhost')",
        "std.open('/etc/passwd', 'r')",
        "os.readdir('/')",
        "process.env.HOME",
        "Javy.IO.readSync(0, new Uint8Array(9))",
        "java_invoke('capstan', 'request', '[]')",
        "setTimeout(() => {}, 1)",
        "host('capstan', 'request', '[]')",
        "request.code",
        "quickjs4j_engine.args()"
      })
  void nothing_but_the_language_is_there(String reach) {
    assertThat(why("function transform(file) { return String(" + reach + "); }"))
        .startsWith("ReferenceError: ")
        .contains(" is not defined");
  }

  @Test
  void no_module_can_be_imported() {
    assertThat(why("import * as os from 'os';\nfunction transform() {}")).startsWith("SyntaxError");
    assertThat(why("function transform() { return import('std'); }"))
        .isEqualTo("transform returned a promise, not the new text");
  }

  @Test
  void a_walk_through_everything_that_can_be_reached_finds_the_language_only() {
    String walk =
        """
        function transform() {
          const seen = new Set(), names = [];
          const walk = (thing, name) => {
            if ((typeof thing !== "object" && typeof thing !== "function") || thing === null || seen.has(thing)) return;
            seen.add(thing);
            names.push(name);
            for (const key of Reflect.ownKeys(thing)) {
              const { value, get, set } = Object.getOwnPropertyDescriptor(thing, key);
              [value, get, set].forEach((next) => walk(next, String(key)));
            }
            walk(Object.getPrototypeOf(thing), name + ".proto");
          };
          walk(globalThis, "globalThis");
          walk((function () { return this; })(), "this");
          walk(Function("return this")(), "made");
          return names.join("\\n");
        }
        """;

    assertThat(transform(walk, "one"))
        .isInstanceOfSatisfying(
            Reply.Changed.class,
            reached ->
                assertThat(reached.text().lines())
                    .contains("parseInt", "console")
                    .doesNotContain(
                        "java_invoke", "Javy", "plugin", "readSync", "writeSync", "capstan"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Date.now()",
        "new Date()",
        "Date()",
        "new (new Date(0).constructor)()",
        "Reflect.construct(Date, [])",
        "new (class extends Date {})()",
        "Math.random()"
      })
  void there_is_neither_a_clock_nor_chance(String what) {
    assertThat(why("function transform(file) { return String(" + what + "); }"))
        .startsWith("Error: a codemod has no ")
        .contains("give it what it needs with an option");
  }

  @Test
  void a_date_that_is_given_is_a_date() {
    assertThat(transform("function transform() { return new Date(0).toISOString(); }", ""))
        .isEqualTo(new Reply.Changed("1970-01-01T00:00:00.000Z"));
  }

  @Test
  void nothing_is_left_for_the_next_file() throws InterruptedException {
    Codemod counts =
        codemod(
            """
            let here = 0;
            function transform(file) {
              globalThis.there = (globalThis.there ?? 0) + 1;
              String.prototype.everywhere = (String.prototype.everywhere ?? 0) + 1;
              return [++here, there, "".everywhere].join();
            }
            """);

    for (int i = 0; i < 3; i++) {
      assertThat(counts.transform("a", "", HOUR, _ -> {})).isEqualTo(new Reply.Changed("1,1,1"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Object.prototype.toJSON = () => 7; function transform(file) { return 'two'; }",
        "Object.prototype.toJSON = () => ({text: 7, files: [7]}); function transform(file) { return 'two'; }",
        "Array.prototype.toJSON = () => 7; function transform(file) { return 'two'; }"
      })
  void an_answer_that_is_garbled_is_an_error(String script) throws InterruptedException {
    assertThat(codemod(script).transform("a", "one", HOUR, _ -> {}))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.trouble()).isEqualTo(Trouble.ERROR));
    assertThat(codemod(script).files(HOUR)).isInstanceOf(Failed.class);
  }

  @Test
  void what_it_is_given_cannot_be_changed() {
    assertThat(why("'use strict'; function transform(file) { file.text = 'b'; }"))
        .contains("read-only");
    assertThat(why("'use strict'; function transform(file) { file.options.to = 'b'; }"))
        .contains("read-only");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "for (const s = 'a'.repeat(40); ; ) /(a+)+b/.test(s);",
        "(function again() { Promise.resolve().then(again); })(); while (true) {}"
      })
  void a_loop_without_end_is_ended(String loop) throws InterruptedException {
    warm();
    Codemod codemod = codemod("function transform(file) { " + loop + " }");

    assertThat(codemod.transform("a", "", Duration.ofMillis(400), _ -> {}))
        .isEqualTo(new Failed(Trouble.TIME, "still running after 400 ms, its time limit"));
  }

  /** The first call of a process takes much longer. */
  private static void warm() {
    assertThat(transform("function transform() {}", "")).isEqualTo(new Reply.Unchanged());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const all = []; while (true) all.push(new Array(1000).fill(7));",
        "let all = []; while (true) all = [all, 'a'.repeat(9)];",
        "return new Uint8Array(1 << 30).length",
        "const all = []; while (true) try { all.push('a'.repeat(1 << 20)); } catch (e) { all.push(e); }"
      })
  void memory_without_end_is_refused(String greed) {
    assertThat(transform("function transform(file) { " + greed + " }", "one"))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.trouble()).as(failed.why()).isEqualTo(Trouble.MEMORY);
              assertThat(failed.why()).contains("64 MiB");
            });
  }

  @Test
  void a_recursion_without_end_is_an_error_of_the_codemod() {
    assertThat(why("function transform(file) { return transform(file); }"))
        .isEqualTo("it broke the engine, as a recursion without end does");
  }

  @Test
  void what_it_prints_is_passed_on_up_to_a_bound() throws InterruptedException {
    List<String> printed = new ArrayList<>();

    Reply reply =
        codemod(
                "function transform(file) { console.log('hello', file.path); while (!file.text) console.log('x'.repeat(1000)); }")
            .transform("a.js", "text", HOUR, printed::add);

    assertThat(reply).isEqualTo(new Reply.Unchanged());
    assertThat(printed).containsExactly("hello a.js");

    printed.clear();
    codemod(
            "function transform(file) { for (let i = 0; i < 1000; i++) console.log('x'.repeat(1000)); }")
        .transform("a.js", "text", HOUR, printed::add);
    assertThat(String.join("\n", printed).length()).isBetween(60_000, 64 << 10);
  }

  @Test
  void an_interrupt_ends_it() throws InterruptedException {
    warm();
    Codemod endless = codemod("function transform() { while (true) {} }");
    List<Object> ended = new ArrayList<>();
    Thread thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                ended.add(endless.transform("a", "", HOUR, _ -> {}));
              } catch (InterruptedException stopped) {
                ended.add(stopped);
              }
            });
    thread.start();
    thread.interrupt();
    thread.join();

    assertThat(ended).singleElement().isInstanceOf(InterruptedException.class);
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("codemod"));
  }
}
