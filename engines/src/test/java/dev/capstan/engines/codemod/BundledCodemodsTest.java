package dev.capstan.engines.codemod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.engines.codemod.Codemod.Limits;
import dev.capstan.engines.codemod.Codemod.Reply;
import dev.capstan.engines.planner.Catalogue;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The codemods that come with Capstan, on texts that they must change and texts that they must
 * leave.
 */
class BundledCodemodsTest {
  private static Reply reply(String name, String text) {
    String source = BundledCodemods.source(BundledCodemods.called(name)).orElseThrow();
    try {
      return new Codemod(source, Map.of(), Limits.DEFAULT)
          .transform("A.java", text, Duration.ofMinutes(1), _ -> {});
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static void assertChanged(String name, String before, String after) {
    assertThat(reply(name, before)).isEqualTo(new Reply.Changed(after));
    assertThat(reply(name, after)).as("a second time").isEqualTo(new Reply.Unchanged());
  }

  private static void assertLeft(String name, String text) {
    assertThat(reply(name, text)).isEqualTo(new Reply.Unchanged());
  }

  @Test
  void imports_that_nothing_names_are_removed_with_the_gap_they_leave() {
    assertChanged(
        "unused-imports",
        """
        package a;

        import static java.util.List.of;

        import java.util.Map;
        import java.util.Set;
        /* why */
        import java.util.*;

        class A { Set<String> map = of(); }
        """,
        """
        package a;

        import static java.util.List.of;

        import java.util.Set;
        /* why */
        import java.util.*;

        class A { Set<String> map = of(); }
        """);
    assertChanged(
        "unused-imports",
        "package a;\n\nimport java.util.Map;\n\n/** All {@code of it}. */\nclass A {}\n",
        "package a;\n\n/** All {@code of it}. */\nclass A {}\n");
    assertChanged("unused-imports", "import b.B;\r\nclass A {}\r\n", "class A {}\r\n");
  }

  @Test
  void imports_in_comments_are_used_and_those_in_texts_are_none() {
    assertLeft("unused-imports", "import b.B;\n/** See {@link B}. */\nclass A {}\n");
    assertLeft("unused-imports", "class A {\n  String s = \"\"\"\nimport b.B;\n\"\"\";\n}\n");
  }

  @Test
  void imports_are_sorted_within_their_groups() {
    assertChanged(
        "order-imports",
        "package a;\n\nimport b.C;\nimport b.B;\nimport static z.Z.z;\n\nimport a.X;\n\nclass A {}\n",
        "package a;\n\nimport static z.Z.z;\nimport b.B;\nimport b.C;\n\nimport a.X;\n\nclass A {}\n");
    assertLeft(
        "order-imports", "class A {\n  String s = \"\"\"\nimport b.C;\nimport b.B;\n\"\"\";\n}\n");
  }

  @Test
  void private_methods_that_nothing_calls_are_removed_with_those_that_only_they_call() {
    assertChanged(
        "unused-private-methods",
        """
        class A {
          void a() {}

          /** Gone. } */
          private static <T> int gone(String a, int b) throws Exception {
            return "}".length() + '{' + only(b); // }
          }

          private int only(int b) {
            if (b > 0) { return only(b - 1); }
            return b;
          }

          void b() {}
        }
        """,
        """
        class A {
          void a() {}

          void b() {}
        }
        """);
  }

  @Test
  void private_methods_that_something_may_call_stay() {
    assertLeft(
        "unused-private-methods",
        """
        class A {
          private A() {}

          private void used() {}

          private void readObject(java.io.ObjectInputStream in) {}

          @PostConstruct
          private void begin() {}

          /** Said. */
          @PostConstruct
          private void beginToo() {}

          void all() { used(); }
        }
        """);
  }

  @Test
  void private_fields_that_nothing_names_are_removed_unless_they_do_something() {
    assertChanged(
        "unused-private-fields",
        "class A {\n  private static final int SIZE = 8_192;\n  private String s = \"a;\\\"b\";\n  int x;\n}\n",
        "class A {\n  int x;\n}\n");
    assertLeft(
        "unused-private-fields",
        """
        class A {
          private static final long serialVersionUID = 1L;
          private final Object opened = open();
          private int used = 1;
          @Inject
          private String given;
          int twice() { return used + used; }
        }
        """);
  }

  @Test
  void type_arguments_are_left_out_where_they_are_the_same() {
    assertChanged(
        "diamond",
        "  List<Map<String, Long>> a = new ArrayList<Map<String, Long>>(size);\n",
        "  List<Map<String, Long>> a = new ArrayList<>(size);\n");
    assertChanged(
        "diamond",
        "List<List<T>> a = new ArrayList<List<T>>();\nb.c(d > e);\nSet<T> f = new Bag<T>(1);\n",
        "List<List<T>> a = new ArrayList<>();\nb.c(d > e);\nSet<T> f = new Bag<>(1);\n");
    assertLeft("diamond", "  List<Object> a = new ArrayList<String>();\n");
    assertLeft("diamond", "  List<String> a = new ArrayList<String>() {};\n");
    assertLeft("diamond", "  var a = new ArrayList<String>();\n");
  }

  @Test
  void every_codemod_of_the_catalogue_is_there() {
    assertThat(Catalogue.standard().entries())
        .filteredOn(entry -> entry.codemod() != null)
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(entry ->
            assertThat(BundledCodemods.source(BundledCodemods.called(entry.id()))).isPresent());
    assertThat(BundledCodemods.source("capstan:../frame")).isEmpty();
    assertThat(BundledCodemods.source("capstan:nothing")).isEmpty();
  }
}
