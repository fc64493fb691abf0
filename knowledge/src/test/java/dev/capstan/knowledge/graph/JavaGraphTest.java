package dev.capstan.knowledge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.knowledge.graph.Edge.State;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What calls mean in Java: by packages, imports, nesting, inheritance and written types. */
final class JavaGraphTest {
  private final Sources sources = new Sources();

  @AfterEach
  void close() {
    sources.close();
  }

  private List<String> calls(String path) {
    return sources.graph().edges().stream()
        .filter(edge -> edge.path().equals(path))
        .filter(edge -> edge.type() == Edge.Type.CALLS || edge.type() == Edge.Type.TESTS)
        .map(edge ->
            edge.name()
                + " "
                + edge.state().word()
                + (edge.candidates() > 1 ? "(" + edge.candidates() + ")" : "")
                + (edge.to().isEmpty() ? "" : " " + edge.to()))
        .toList();
  }

  @Test
  void a_receiver_has_the_type_that_its_declaration_says() {
    sources.with("a/Till.java", "package a; public class Till { public void open() {} }");
    sources.with("a/Other.java", "package a; public class Other { public void open() {} }");
    sources.with(
        "b/Shop.java",
        """
        package b;
        import a.*;
        import a.Till;
        class Shop {
          private Till field;
          void local() { Till till = find(); till.open(); }
          void parameter(Till till) { till.open(); }
          void field() { field.open(); this.field.open(); }
          void made() { var till = new Till(); till.open(); }
          void array(Till[] tills) { tills[0].open(); for (Till till : tills) till.open(); }
          void cast(Object o) { ((Till) o).open(); }
          Till find() { return field; }
          void chain() { find().open(); new Shop().find().open(); }
          void shadow(Other field) { field.open(); }
          void full() { a.Till till = null; till.open(); new a.Till().open(); }
        }
        """);

    assertThat(calls("b/Shop.java"))
        .filteredOn(call -> call.startsWith("open "))
        .hasSize(13)
        .containsOnly(
            "open resolved a/Till.java#Till.open", "open resolved a/Other.java#Other.open");
    assertThat(calls("b/Shop.java")).filteredOn(call -> call.endsWith("Other.open")).hasSize(1);
  }

  @Test
  void names_follow_nesting_inheritance_and_static_imports() {
    sources.with(
        "a/Base.java",
        "package a; public class Base { protected void up() {} public static class Part { public void go() {} } }");
    sources.with(
        "a/Tools.java", "package a; public interface Tools { static int help() { return 1; } }");
    sources.with(
        "b/Outer.java",
        """
        package b;
        import static a.Tools.help;
        import a.Base;
        class Outer extends Base {
          void mine() {}
          class Inner {
            void all() { mine(); up(); help(); Outer.this.mine(); new Part().go(); }
          }
          void anonymous() {
            new Base() { void extra() { up(); mine(); extra(); } };
            Runnable r = () -> mine();
            Runnable s = this::mine;
          }
          void local() { class Helper { void aid() {} } new Helper().aid(); }
        }
        """);

    assertThat(calls("b/Outer.java"))
        .contains(
            "mine resolved b/Outer.java#Outer.mine",
            "up resolved a/Base.java#Base.up",
            "help resolved a/Tools.java#Tools.help",
            "go resolved a/Base.java#Base.Part.go",
            "extra resolved b/Outer.java#Outer.anonymous.extra",
            "aid resolved b/Outer.java#Outer.local.Helper.aid",
            "Helper resolved b/Outer.java#Outer.local.Helper")
        .allMatch(call -> call.contains(" resolved "));
  }

  @Test
  void overloads_are_told_apart_by_how_many_arguments_they_take() {
    sources.with(
        "A.java",
        """
        class A {
          A() {}
          A(int x) { this(); }
          void go() { go(1); go(1, 2, 3); new A(7); }
          void go(int one) { same(one); }
          void go(int one, int... more) {}
          void same(int one) {}
          void same(long one) {}
        }
        """);

    assertThat(calls("A.java"))
        .containsExactly(
            "this resolved A.java#A.A()",
            "A resolved A.java#A.A(int)",
            "go resolved A.java#A.go(int)",
            "go resolved A.java#A.go(int,int...)",
            "same ambiguous(2)");
  }

  @Test
  void types_of_generic_values_are_followed() {
    sources.with(
        "Box.java",
        "class Box<T extends Thing> implements Iterable<T> { T value; T get() { return value; } void in() { value.use(); } <X> X any() { return null; } public java.util.Iterator<T> iterator() { return null; } }");
    sources.with("Thing.java", "class Thing { void use() {} }");
    sources.with("Big.java", "class Big extends Thing { void grow() {} }");
    sources.with(
        "Main.java",
        """
        import java.util.*;
        class Main {
          void all(Box<Big> box, Map<String, List<Big>> map, Box raw) {
            box.get().grow();
            box.value.use();
            raw.get().use();
            box.any().use();
            for (var each : box) each.grow();
            for (Map.Entry<String, List<Big>> entry : map.entrySet()) entry.getValue().get(0).grow();
          }
        }
        """);

    assertThat(calls("Main.java").stream().filter(call -> call.startsWith("grow")).toList())
        .hasSize(3)
        .containsOnly("grow resolved Big.java#Big.grow");
    assertThat(calls("Main.java").stream().filter(call -> call.startsWith("use")).toList())
        .containsExactly(
            "use resolved Thing.java#Thing.use",
            "use resolved Thing.java#Thing.use",
            "use ambiguous");
    assertThat(calls("Box.java")).containsExactly("use resolved Thing.java#Thing.use");
  }

  @Test
  void parameters_of_lambdas_have_the_types_that_the_method_gives_them() {
    sources.with("Big.java", "class Big { void grow() {} }");
    sources.with("Job.java", "interface Job<T> { void run(T one, Big other); }");
    sources.with(
        "Tools.java",
        "class Tools<T> { void with(int n, Job<T> job) {} <X> void any(java.util.function.Consumer<X> c) {} }");
    sources.with(
        "Main.java",
        """
        import java.util.*;
        class Main {
          void all(List<Big> list, Map<String, Big> map, Tools<Big> tools, Optional<Big> maybe) {
            list.forEach(each -> each.grow());
            list.stream().filter(each -> each.grow() == null).forEach(x -> { x.grow(); });
            map.forEach((key, value) -> value.grow());
            maybe.ifPresent(each -> each.grow());
            tools.with(1, (one, other) -> { one.grow(); other.grow(); });
            mine(each -> each.grow());
            tools.any(each -> each.grow());
          }
          void mine(java.util.function.Consumer<? super Big> job) {}
        }
        """);

    assertThat(calls("Main.java").stream().filter(call -> call.startsWith("grow")).toList())
        .hasSize(9)
        .filteredOn(call -> call.equals("grow resolved Big.java#Big.grow"))
        .hasSize(8);
  }

  @Test
  void what_is_not_here_is_external_and_what_should_be_is_unresolved() {
    sources.with(
        "A.java",
        """
        class A {
          void all(String s, A a, Missing m) {
            s.trim(); a.gone(); a.toString(); m.call(); System.out.println(); unknown.foo();
          }
        }
        """);

    assertThat(calls("A.java"))
        .containsExactly(
            "call external",
            "foo external",
            "gone unresolved",
            "println external",
            "toString external",
            "trim external");
  }

  @Test
  void an_answer_says_when_a_call_may_be_missing() {
    sources.with("Till.java", "class Till { void open() {} void shut() {} }");
    sources.with("Door.java", "class Door { void open() {} }");
    sources.with(
        "Shop.java",
        "class Shop { void all() { new Missing().x(t -> t.open()); } void x() { new Till().shut(); } }");

    Neighbourhood open = sources.graph().around("Till.java#Till.open").orElseThrow();
    assertThat(open.in()).extracting(Edge::type).doesNotContain(Edge.Type.CALLS);
    assertThat(open.isComplete()).isFalse();
    assertThat(open.open())
        .singleElement()
        .matches(edge -> edge.state() == State.AMBIGUOUS && edge.candidates() == 2)
        .matches(edge -> edge.some().contains("Door.java#Door.open"));
    Neighbourhood shut = sources.graph().around("Till.java#Till.shut").orElseThrow();
    assertThat(shut.isComplete()).isTrue();
    assertThat(shut.in()).extracting(Edge::from).containsExactly("Shop.java#Shop.x");
  }

  @Test
  void calls_of_what_a_method_overrides_are_shown_with_it() {
    sources.with("Shape.java", "interface Shape { int area(); }");
    sources.with(
        "Square.java",
        "class Square implements Shape, Runnable { public int area() { return 1; } public void run() {} }");
    sources.with("Main.java", "class Main { int sum(Shape shape) { return shape.area(); } }");

    Neighbourhood area = sources.graph().around("Square.java#Square.area").orElseThrow();
    assertThat(area.open()).extracting(Edge::from).containsExactly("Main.java#Main.sum");
    assertThat(area.gaps()).containsExactly("1 calls of Shape.java#Shape.area, which it overrides");
    assertThat(sources.graph().around("Square.java#Square.run").orElseThrow().gaps())
        .containsExactly("it overrides a method of Runnable, which is outside");
  }

  @Test
  void what_is_overridden_is_looked_for_above_all_that_is_above() {
    sources.with("Shape.java", "interface Shape { int area(); }");
    sources.with("Base.java", "class Base implements Shape { public int area() { return 0; } }");
    sources.with("Sized.java", "interface Sized { int area(); }");
    sources.with(
        "Square.java",
        "class Square extends Base implements Sized { public int area() { return 1; } public String toString() { return null; } }");
    sources.with(
        "Main.java",
        "class Main { int one(Shape shape) { return shape.area(); } int two(Sized sized) { return sized.area(); } }");

    CodeGraph graph = sources.graph();
    assertThat(graph.around("Square.java#Square.area").orElseThrow().open())
        .extracting(Edge::from)
        .containsExactly("Main.java#Main.one", "Main.java#Main.two");
    assertThat(graph.around("Square.java#Square.toString").orElseThrow().gaps())
        .containsExactly("it overrides a method of Object, which is outside");
  }
}
