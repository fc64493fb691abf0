package dev.capstan.engines.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
  @ParameterizedTest
  @CsvSource({
    "'', a/b/C.java, true",
    "shop, src/main/java/shop/Basket.java, true",
    "shop, src/main/java/shop/cart/Item.java, true",
    "shop.Basket, src/main/java/shop/Basket.java, true",
    "src/main, src/main/java/shop/Basket.java, true",
    "src/main/java/shop/Basket.java, src/main/java/shop/Basket.java, true",
    "shop, src/main/java/workshop/Basket.java, false",
    "shop.Bas, src/main/java/shop/Basket.java, false",
  })
  void a_package_a_class_and_a_folder_hold_what_is_in_them(String place, String path, boolean is) {
    assertThat(new Place(place).holds(path)).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource({
    "src/main/java/shop/Basket.java, src/test/java/shop/BasketTest.java",
    "core/src/main/kotlin/shop/Cart.kt, core/src/test/kotlin/shop/CartTest.kt",
    "shop/basket.py, tests/test_basket.py",
    "pkg/cart.go, pkg/cart_test.go",
    "src/cart.ts, src/cart.test.ts",
    "src/lib.rs, tests/lib.rs",
    "src/run.sh, tests/run_test.sh",
    "Makefile, tests/Makefile_test",
  })
  void a_test_is_made_where_it_is_usual(String source, String test) {
    assertThat(TestPlaces.of(source, Set.of())).isEqualTo(test);
  }

  @Test
  void a_test_that_is_there_is_the_one() {
    assertThat(
            TestPlaces.of(
                "src/main/java/shop/Basket.java", Set.of("src/test/java/shop/BasketTests.java")))
        .isEqualTo("src/test/java/shop/BasketTests.java");
  }
}
