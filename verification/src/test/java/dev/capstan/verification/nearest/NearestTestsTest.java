package dev.capstan.verification.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.verification.nearest.Ranking.Near;
import dev.capstan.verification.nearest.Ranking.Ranked;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NearestTestsTest {
  private final Map<String, String> files = new TreeMap<>();

  private NearestTestsTest file(String path, String... lines) {
    files.put(path, String.join("\n", lines) + "\n");
    return this;
  }

  private Ranked rank(String... changed) {
    Ranking ranking =
        NearestTests.rank(
            files.keySet(), path -> Optional.ofNullable(files.get(path)), Arrays.asList(changed));
    assertThat(ranking).isInstanceOf(Ranked.class);
    return (Ranked) ranking;
  }

  private List<String> near(String... changed) {
    return rank(changed).near().stream().map(Near::path).toList();
  }

  private NearestTestsTest java(String root, String pack, String name, String... lines) {
    String text = "package " + pack + ";\n" + String.join("\n", lines);
    return file(root + "/" + pack.replace('.', '/') + "/" + name + ".java", text);
  }

  private void shopInJava() {
    java("src/main/java", "shop", "Money", "public class Money {}");
    java("src/main/java", "shop", "Basket", "class Basket { Money total; }");
    java("src/main/java", "shop.web", "Page", "import shop.Basket;", "class Page { Basket b; }");
    java("src/main/java", "mail", "Letter", "class Letter {}");
    java("src/test/java", "shop", "BasketTest", "class BasketTest { Basket b; }");
    java("src/test/java", "shop", "MoneyTest", "class MoneyTest { Money m; }");
    java("src/test/java", "shop", "RoundingTest", "class RoundingTest { Money a, b; }");
    java("src/test/java", "shop.web", "PageTest", "class PageTest { Page page; }");
    java("src/test/java", "mail", "LetterTest", "class LetterTest { Letter letter; }");
    java("src/test/java", "mail", "WholeShopTest", "import shop.*;", "class A { Basket b; }");
  }

  @Test
  void in_java_a_test_by_name_goes_before_direct_use_and_that_before_use_by_others() {
    shopInJava();

    assertThat(near("src/main/java/shop/Money.java"))
        .containsExactly(
            "src/test/java/shop/MoneyTest.java",
            "src/test/java/shop/RoundingTest.java",
            "src/test/java/shop/BasketTest.java",
            "src/test/java/mail/WholeShopTest.java",
            "src/test/java/shop/web/PageTest.java");
    assertThat(rank("src/main/java/shop/Money.java").far())
        .containsExactly("src/test/java/mail/LetterTest.java");
  }

  @Test
  void each_near_test_says_why() {
    shopInJava();

    assertThat(rank("src/main/java/shop/Money.java").near())
        .extracting(Near::reason)
        .containsExactly(
            "named after a changed file",
            "1 use away",
            "2 uses away",
            "2 uses away",
            "3 uses away");
  }

  @Test
  void a_changed_test_goes_before_all_others() {
    shopInJava();

    assertThat(near("src/main/java/shop/Money.java", "src/test/java/shop/web/PageTest.java"))
        .startsWith("src/test/java/shop/web/PageTest.java", "src/test/java/shop/MoneyTest.java");
  }

  @Test
  void a_deleted_class_is_still_known_by_its_place() {
    shopInJava();
    files.remove("src/main/java/shop/Money.java");

    assertThat(near("src/main/java/shop/Money.java"))
        .contains("src/test/java/shop/RoundingTest.java", "src/test/java/shop/web/PageTest.java")
        .doesNotContain("src/test/java/mail/LetterTest.java");
  }

  @Test
  void a_static_import_and_a_function_of_kotlin_are_uses() {
    java("src/main/java", "a", "Numbers", "public class Numbers {}");
    file("src/main/kotlin/b/Texts.kt", "package b", "fun shout() = 1");
    java("src/test/java", "c", "OneTest", "import static a.Numbers.two;", "class OneTest {}");
    file("src/test/kotlin/c/TwoTest.kt", "package c", "import b.shout", "class TwoTest");

    assertThat(near("src/main/java/a/Numbers.java"))
        .containsExactly("src/test/java/c/OneTest.java");
    assertThat(near("src/main/kotlin/b/Texts.kt")).containsExactly("src/test/kotlin/c/TwoTest.kt");
  }

  @Test
  void python_follows_absolute_and_relative_imports_through_packages() {
    file("src/shop/__init__.py", "from .basket import (", "    Basket,", ")");
    file("src/shop/basket.py", "from . import money");
    file("src/shop/money.py");
    file("src/shop/letters.py");
    file("tests/test_all.py", "import shop");
    file("tests/test_letters.py", "from shop.letters import Letter  # only this");
    file("tests/test_rounding.py", "from shop import money as m");
    file("tests/test_money.py", "import os");
    file("tests/conftest.py", "import shop");

    assertThat(near("src/shop/money.py"))
        .containsExactly("tests/test_money.py", "tests/test_rounding.py", "tests/test_all.py");
  }

  @Test
  void scripts_follow_requires_imports_index_files_and_package_manifests() {
    file("package.json", "{\"name\": \"shop\", \"main\": \"./lib/index.js\"}");
    file("lib/index.js", "module.exports = require('./money')");
    file("lib/money.js", "");
    file("lib/letter.ts", "export const x = 1");
    file("test/whole.js", "const shop = require('..')");
    file("test/named.mjs", "import shop from 'shop'");
    file("test/rounding.test.js", "const money = require(\"../lib/money.js\")");
    file("src/letter.spec.ts", "import { x } from '../lib/letter.js'");
    file("test/fixtures/data.js", "require('../../lib/money')");

    assertThat(near("lib/money.js"))
        .containsExactly("test/rounding.test.js", "test/named.mjs", "test/whole.js");
    assertThat(near("lib/letter.ts")).containsExactly("src/letter.spec.ts");
  }

  @Test
  void go_knows_packages_by_folder_and_by_the_path_of_their_module() {
    file("go.mod", "module example.org/shop");
    file("money/money.go", "package money");
    file("money/money_test.go", "package money");
    file("basket/basket.go", "package basket", "", "import \"example.org/shop/money\"");
    file("basket/basket_test.go", "package basket_test", "import (", "\t\"testing\"", ")");
    file("mail/letter_test.go", "package mail", "func TestX() { \"example.org/shop/money\" }");

    assertThat(near("money/money.go"))
        .containsExactly("money/money_test.go", "basket/basket_test.go");
  }

  @Test
  void rust_follows_modules_uses_and_the_names_of_crates() {
    file("Cargo.toml", "[package]", "name = \"my-shop\"");
    file("src/lib.rs", "pub mod money;", "pub mod basket;", "mod letter;");
    file("src/money.rs", "pub fn two() {}", "#[test] fn is_two() {}");
    file(
        "src/basket/mod.rs",
        "use crate::{money::two, other};",
        "#[cfg(test)] mod tests { #[test] fn x() {} }");
    file("src/letter.rs", "#[test] fn letters() {}");
    file("tests/rounding.rs", "use my_shop::money::two;", "#[test] fn r() {}");
    file("tests/mail.rs", "use other_crate::letter;", "#[test] fn m() {}");

    assertThat(near("src/money.rs"))
        .containsExactly("src/money.rs", "src/basket/mod.rs", "tests/rounding.rs");
  }

  @Test
  void the_order_of_what_comes_in_does_not_matter() {
    shopInJava();
    List<String> paths = List.copyOf(files.keySet());

    Ranking reversed =
        NearestTests.rank(
            paths.reversed(),
            path -> Optional.ofNullable(files.get(path)),
            List.of("src/main/java/shop/web/Page.java", "src/main/java/shop/Money.java"));

    assertThat(reversed)
        .isEqualTo(rank("src/main/java/shop/Money.java", "src/main/java/shop/web/Page.java"));
  }

  @Test
  void a_change_that_no_test_is_told_to_reach_has_no_near_test() {
    shopInJava();
    file("docs/index.md", "words");

    assertThat(rank("docs/index.md", "pom.xml").near()).isEmpty();
    assertThat(rank("docs/index.md").all()).isEqualTo(6);
  }

  @Test
  void a_file_that_is_too_long_is_known_by_its_name_alone() {
    shopInJava();
    file("src/test/java/shop/MoneyTest.java", "x".repeat(NearestTests.LARGEST));
    file(
        "src/test/java/shop/RoundingTest.java",
        "class R { Money m; " + "x".repeat(NearestTests.LARGEST));

    assertThat(near("src/main/java/shop/Money.java"))
        .startsWith("src/test/java/shop/MoneyTest.java")
        .doesNotContain("src/test/java/shop/RoundingTest.java");
  }

  @Test
  void more_files_than_are_looked_at_rank_nothing() {
    for (int i = 0; i <= 50_000; i++) {
      files.put("src/f" + i + ".py", "");
    }

    assertThat(
            NearestTests.rank(
                files.keySet(), path -> Optional.ofNullable(files.get(path)), List.of()))
        .isInstanceOf(Ranking.TooLarge.class);
  }

  @Test
  void imports_that_are_bad_on_purpose_do_no_harm() {
    file(
        "src/a.py",
        "from . import",
        "from ........ import x",
        "from  import",
        "import",
        "from x import (");
    file("src/b.js", "require('../../../../../etc/passwd')", "import from", "require('')");
    file("src/C.java", "import ;", "import static", "package ;", "import *.*;");
    file("src/d.rs", "use ::::; mod ; use crate::{{{{;");
    file("src/e.go", "import (", "\"", "import \"");
    file("src/test_a.py", "import a");

    assertThat(near("src/a.py")).containsExactly("src/test_a.py");
  }
}
