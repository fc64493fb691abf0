package dev.capstan.verification.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestedClassesTest {
  private static final String TEST = "src/test/java/shop/BasketTest.java";
  private static final String BASKET = "src/main/java/shop/Basket.java";

  private static TestedClasses of(Map<String, String> files, String... tests) {
    return TestedClasses.of(
        List.of(tests), files.keySet(), path -> Optional.ofNullable(files.get(path)));
  }

  @Test
  void what_a_test_names_and_what_that_names_is_tested() {
    TestedClasses tested =
        of(
            Map.of(
                TEST,
                "package shop; class BasketTest { Basket basket; }",
                BASKET,
                "package shop;\nclass Basket { shop.money.Price price; }",
                "src/main/java/shop/money/Price.java",
                "package shop.money;\nclass Price {}",
                "src/main/java/shop/Door.java",
                "package shop;\nclass Door {}"),
            TEST);

    assertThat(tested.classes())
        .extracting(SourceClass::name)
        .containsExactly("shop.Basket", "shop.money.Price");
    assertThat(tested.complete()).isTrue();
  }

  @Test
  void other_tests_are_not_what_is_tested() {
    TestedClasses tested =
        of(
            Map.of(
                TEST,
                "class BasketTest { BasketBuilder builder; OtherTest other; }",
                "src/test/java/shop/BasketBuilder.java",
                "class BasketBuilder {}",
                "src/test/java/shop/OtherTest.java",
                "class OtherTest {}"),
            TEST);

    assertThat(tested.classes()).isEmpty();
    assertThat(tested.complete()).isTrue();
  }

  @Test
  void code_of_another_module_is_said_to_be_left_out() {
    TestedClasses tested =
        of(
            Map.of(
                "shop/" + TEST,
                "class BasketTest { Basket basket; }",
                "shop/" + BASKET,
                "class Basket { Price price; }",
                "money/src/main/java/Price.java",
                "class Price {}"),
            "shop/" + TEST);

    assertThat(tested.classes()).extracting(SourceClass::module).containsExactly("shop/");
    assertThat(tested.complete()).isFalse();
  }

  @Test
  void too_many_are_said_to_be_too_many() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(TEST, "class BasketTest { C0 first; }");
    for (int i = 0; i < 1_000; i++) {
      files.put("src/main/java/C" + i + ".java", "class C" + i + " { C" + (i + 1) + " next; }");
    }
    TestedClasses tested = of(files, TEST);

    assertThat(tested.classes()).hasSize(TestedClasses.MOST);
    assertThat(tested.complete()).isFalse();
  }

  @Test
  void a_name_that_could_be_read_as_a_pattern_or_an_option_is_no_class() {
    assertThat(SourceClass.of("src/main/java/a/B*.java", "package a;")).isEmpty();
    assertThat(SourceClass.of("src/main/java/a/-B.java", "package a;")).isEmpty();
    assertThat(SourceClass.of("src/main/java/a/B,c.java", "package a;")).isEmpty();
    assertThat(SourceClass.of("src/main/java/a/B.java", "package a;"))
        .contains(new SourceClass("src/main/java/a/B.java", "a.B"));
    assertThat(SourceClass.of("B.java", "class B {}")).contains(new SourceClass("B.java", "B"));
  }

  @Test
  void a_class_holds_those_within_it() {
    SourceClass basket = new SourceClass(BASKET, "shop.Basket");
    assertThat(basket.holds("shop.Basket")).isTrue();
    assertThat(basket.holds("shop.Basket$Line")).isTrue();
    assertThat(basket.holds("shop.Baskets")).isFalse();
  }
}
