package dev.capstan.engines.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.engines.planner.RulePlanner.Planned;
import dev.capstan.engines.planner.RulePlanner.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many of the goals in {@code goals.tsv} are understood as they were meant. */
class GoalsTest {
  /** Goals that are known to be missed. They stay in the file; a new one must not join them. */
  private static final int MISSED = 0;

  private static final RulePlanner PLANNER = new RulePlanner(Catalogue.standard());

  /** Code that gives every entry a reason. */
  private static final RulePlanner.Sources CODE =
      new RulePlanner.Sources() {
        @Override
        public List<String> paths() {
          return List.of(
              "pom.xml", "src/main/java/shop/Cart.java", "src/test/java/shop/CartTest.java");
        }

        @Override
        public Optional<String> text(String path) {
          return Optional.of(
              """
              import javax.servlet.Servlet;
              import org.junit.Test;
              import static org.junit.Assert.assertEquals;
              private Object one = new Object();\s
              one instanceof String; "a" + "b";
              """);
        }

        @Override
        public Spots spots(Entry.Finds kind, Place place) {
          return new Spots(
              List.of(new Spot("a", "b", "3", kind + " in " + place.name())), List.of());
        }
      };

  @Test
  void goals_in_plain_words_are_understood_or_said_not_to_be() throws IOException {
    List<String> missed = new ArrayList<>();
    int all = 0;
    for (String line : goals()) {
      String[] goal = line.split("\t", -1);
      all++;
      String understood = understood(PLANNER.plan(goal[0], "maven", CODE));
      if (!understood.equals(goal[1])) {
        missed.add(goal[0] + ": " + understood + " instead of " + goal[1]);
      }
    }

    assertThat(all).isEqualTo(83);
    assertThat(missed).hasSizeLessThanOrEqualTo(MISSED);
  }

  @Test
  void a_file_is_named_as_the_reason_only_if_it_surely_is_one() {
    Result result = PLANNER.plan("Migrate to JUnit 5 and remove unused imports", "maven", CODE);

    assertThat(result.steps())
        .extracting(step -> step.entry().id(), Planned::because)
        .containsExactly(
            tuple("junit5", "src/main/java/shop/Cart.java, src/test/java/shop/CartTest.java"),
            tuple("unused-imports", "")); // any import would do, and most are used
  }

  @ParameterizedTest
  @CsvSource({
    "raise coverage of package com.example.cart, com.example.cart",
    "cover the untested classes of shop.Basket, shop.Basket",
    "improve the code coverage of src/main/java/shop., src/main/java/shop",
    "close the coverage gaps in the billing module, billing",
    "raise test coverage, ''",
    "raise the coverage of the code in the whole project, ''",
  })
  void a_goal_may_name_the_place_in_the_code(String goal, String place) {
    assertThat(
            PLANNER.plan(goal, "maven", CODE).steps().getFirst().found().spots().getFirst().why())
        .isEqualTo("COVERAGE in " + place);
  }

  private static String understood(Result result) {
    String steps =
        result.steps().stream().map(Planned::entry).map(Entry::id).collect(Collectors.joining("+"));
    return steps.isEmpty() ? "-" : steps;
  }

  private static List<String> goals() throws IOException {
    try (InputStream file = GoalsTest.class.getResourceAsStream("goals.tsv")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
