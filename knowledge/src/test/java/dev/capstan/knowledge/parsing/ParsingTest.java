package dev.capstan.knowledge.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Parsed.Call;
import dev.capstan.knowledge.parsing.Parsed.Chunk;
import dev.capstan.knowledge.parsing.Parsed.How;
import dev.capstan.knowledge.parsing.Parsed.Import;
import dev.capstan.knowledge.parsing.Parsed.Mention;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read from each language, by the real grammars in a real child process. */
final class ParsingTest {
  private static final Parsing PARSING = new Parsing();

  @AfterAll
  static void endProcess() {
    PARSING.close();
  }

  @Test
  void java() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.JAVA,
            """
            package a;
            import java.util.List;
            class Shop<T> {
              Shop() {}
              @Test void sells() { till.open(); new Item<String>("x"); }
              record Line(int n) {}
            }
            """);

    assertThat(names(parsed)).containsExactly("Shop", "Shop.Shop", "Shop.sells", "Shop.Line");
    assertThat(tests(parsed)).containsExactly("sells");
    assertThat(parsed.imports()).extracting(Import::text).containsExactly("import java.util.List;");
    assertThat(parsed.calls())
        .containsExactly(
            new Call("open", "till", "Shop.sells", 5, "till", 0, ""),
            new Call("Item", "", "Shop.sells", 5, "new Item<String>", 1, ""));
  }

  @Test
  void where_values_come_from_in_java() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.JAVA,
            """
            package a.b;
            class Shop<T extends Item> extends Base<T> implements Open {
              private final Map<String, Till[]> tills = new HashMap<>(), more[];
              <X extends Till> X each(List<? extends Line> lines, int... n) throws IOException {
                for (var line : lines) { line.price().show(); }
                X till = null;
                till.ring();
                Runnable r = () -> { lock(); };
                lines.forEach(each -> each.go(1, 2));
                new Thread() { int till; public void run() { till.x(); } }.start();
                if (lines instanceof Other o) o.close();
                try (Reader in = open(); var out = tills.get("a")[0]) { in.read(); out.write(); }
                ((Till) more).close();
                Till.of(1)::ring;
                Shop::new;
                Outer.this.stop();
                return this.tills.get(new Key()).pick();
              }
            }
            """);

    assertThat(parsed.calls())
        .extracting(call -> call.name() + '/' + call.arguments() + " on " + call.origin())
        .contains(
            "price/0 on =List<? extends Line>|[]",
            "show/0 on =List<? extends Line>|[]|.price/0",
            "ring/0 on =Till",
            "lock/0 on ",
            "go/2 on =List<? extends Line>|.forEach/1^0.0",
            "x/0 on till",
            "start/0 on =Thread",
            "close/0 on =Other",
            "read/0 on =Reader",
            "write/0 on tills|.get/1|[]",
            "close/0 on =Till",
            "stop/0 on this:Outer",
            "pick/0 on this|.tills|.get/1");
    assertThat(parsed.declarations())
        .extracting(each -> each.qualifiedName() + ": " + each.type() + each.parameters())
        .contains(
            "a.b: []",
            "Shop.tills: Map<String, Till[]>[]",
            "Shop.more: Map<String, Till[]>[][]",
            "Shop.each: Till[List<? extends Line>, int...]",
            "Shop.each.1.till: int[]");
    assertThat(parsed.declarations().get(1).supers()).containsExactly("Base<T>", "Open");
    assertThat(parsed.declarations().get(1).variables()).containsExactly("T extends Item");
  }

  @Test
  void kotlin() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.KOTLIN,
            """
            import c.d.E
            class Foo(val x: Int) : Bar() { fun baz(y: Int): Int { return qux(y).zap() } }
            object One { @Test fun m() {} }
            fun String.top() = listOf(1)
            """);

    assertThat(names(parsed)).containsExactly("Foo", "Foo.baz", "One", "One.m", "top");
    assertThat(tests(parsed)).containsExactly("m");
    assertThat(calls(parsed)).containsExactly("Bar", "zap", "qux", "listOf");
    assertThat(parsed.imports()).hasSize(1);
  }

  @Test
  void python() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.PYTHON,
            """
            import a.b
            from c import d
            @dec
            class K(L):
                def m(self, x):
                    return self.n(x)
            def test_it(): g()
            """);

    assertThat(names(parsed)).containsExactly("K", "K.m", "test_it");
    assertThat(tests(parsed)).containsExactly("test_it");
    assertThat(parsed.calls())
        .containsExactly(new Call("n", "self", "K.m", 6), new Call("g", "", "test_it", 7));
    assertThat(parsed.imports()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"TYPESCRIPT", "TSX"})
  void typescript(Language language) throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            language,
            """
            import {a} from "b";
            export class K extends L { m(x: number) { return this.n(x); } }
            export const f = (x) => g(x);
            interface I { p(): void }
            function h() { new K(); }
            """);

    assertThat(names(parsed)).containsExactly("K", "K.m", "f", "I", "I.p", "h");
    assertThat(calls(parsed)).containsExactly("n", "g", "K");
    assertThat(parsed.imports()).hasSize(1);
  }

  @Test
  void javascript() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.JAVASCRIPT,
            "import a from 'b';\nclass K { m() { a.b?.c(); } }\nconst f = function () {};\n");

    assertThat(names(parsed)).containsExactly("K", "K.m", "f");
    assertThat(calls(parsed)).containsExactly("c");
  }

  @Test
  void go() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.GO,
            """
            package p
            import "fmt"
            type S struct { a int }
            func (s *S) M(x int) int { fmt.Println(x); return f(x) }
            func TestF(t *testing.T) {}
            """);

    assertThat(names(parsed)).containsExactly("S", "S.M", "TestF");
    assertThat(tests(parsed)).containsExactly("TestF");
    assertThat(parsed.calls())
        .containsExactly(new Call("Println", "fmt", "S.M", 4), new Call("f", "", "S.M", 4));
    assertThat(parsed.imports()).hasSize(1);
  }

  @Test
  void rust() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.RUST,
            """
            use a::b::{C, D};
            mod m { pub fn f() {} }
            struct S<T> { a: T }
            impl<T> Tr for S<T> { fn g(&self) -> i32 { self.h(1); x::y::<T>(2); mac!(3) } }
            #[test]
            fn checks() {}
            fn plain() {}
            """);

    assertThat(names(parsed)).containsExactly("m", "m.f", "S", "S.g", "checks", "plain");
    assertThat(tests(parsed)).containsExactly("checks");
    assertThat(calls(parsed)).containsExactly("h", "y", "mac");
  }

  @Test
  void c() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.C,
            """
            #include <a.h>
            struct point { int x; };
            static struct point *make(int x) { return alloc(x); }
            """);

    assertThat(names(parsed)).containsExactly("point", "make");
    assertThat(calls(parsed)).containsExactly("alloc");
    assertThat(parsed.imports()).hasSize(1);
  }

  @Test
  void cpp() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.CPP,
            """
            namespace n { class Foo : public Bar { public: int baz(int y) { return this->qux(y); } }; }
            int n::Foo::out(int x) { return ns::call(x); }
            template<class T> T& make() { return *new Thing(); }
            """);

    assertThat(names(parsed)).containsExactly("n", "n.Foo", "n.Foo.baz", "n.Foo.out", "make");
    assertThat(calls(parsed)).containsExactly("qux", "call", "Thing");
  }

  @Test
  void markdown_is_cut_by_headings_and_code_has_none() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.MARKDOWN, "intro\n# One\na\n```\n# no\n```\n## Two ##\nb\n# Three\n");

    assertThat(parsed.how()).isEqualTo(How.HEADINGS);
    assertThat(names(parsed)).containsExactly("One", "One.Two", "Three");
    assertThat(parsed.chunks())
        .containsExactly(
            new Chunk(1, 1, ""),
            new Chunk(2, 6, "One"),
            new Chunk(7, 8, "One Two"),
            new Chunk(9, 10, "Three"));
  }

  @Test
  void markdown_mentions_what_it_marks_and_links_to() throws InterruptedException {
    Parsed parsed =
        PARSING.parse(
            Language.MARKDOWN,
            "Call `Till.open()` or `a b`.\n\nSee [it](../src/Till.java#L1), [web](https://x.y).\n");

    assertThat(parsed.mentions())
        .containsExactly(new Mention("Till.open", 1), new Mention("../src/Till.java", 3));
  }

  @Test
  void chunks_follow_the_syntax_and_hold_every_line_once() throws InterruptedException {
    StringBuilder text = new StringBuilder("package a;\n\nclass Long {\n");
    for (String name : List.of("one", "two", "three")) {
      text.append("  /** Says " + name + ". */\n  void " + name + "() {\n");
      text.append("    say(\"something rather long\");\n".repeat(25)).append("  }\n\n");
    }
    text.append("}\n");

    Parsed parsed = PARSING.parse(Language.JAVA, text.toString());

    assertThat(parsed.chunks()).extracting(Chunk::header).contains("Long one", "Long two");
    List<String> lines = text.toString().lines().toList();
    Chunk two =
        parsed.chunks().stream().filter(c -> c.header().equals("Long two")).findFirst().get();
    assertThat(lines.get(two.firstLine() - 1)).contains("Says two");
    assertThat(everyLineOnce(parsed, lines)).isTrue();
  }

  @Test
  void what_is_broken_is_parsed_as_far_as_it_goes() throws InterruptedException {
    Parsed parsed = PARSING.parse(Language.JAVA, "class A { void m() { f(); } }\n}} @@ int (\n");

    assertThat(names(parsed)).contains("A", "A.m");
  }

  private static boolean everyLineOnce(Parsed parsed, List<String> lines) {
    Set<Integer> seen = new HashSet<>();
    for (Chunk chunk : parsed.chunks()) {
      for (int line = chunk.firstLine(); line <= chunk.lastLine(); line++) {
        if (!seen.add(line)) {
          return false;
        }
      }
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank() && !seen.contains(i + 1)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> names(Parsed parsed) {
    assertThat(parsed.note()).isEmpty();
    return parsed.symbols().stream().map(Symbol::qualifiedName).toList();
  }

  private static List<String> tests(Parsed parsed) {
    return parsed.symbols().stream().filter(Symbol::test).map(Symbol::name).toList();
  }

  private static List<String> calls(Parsed parsed) {
    return parsed.calls().stream().map(Call::name).toList();
  }
}
