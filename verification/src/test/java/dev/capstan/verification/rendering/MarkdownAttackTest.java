package dev.capstan.verification.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownAttackTest {
  private static final Pattern CODE =
      Pattern.compile("(?s)(?m)^(`{3,})sh$.*?^\\1$|(?<!\\\\)`[^`\\n]*`|<code>[^<]*</code>");
  private static final Pattern OWN_MARKUP =
      Pattern.compile("</?details>|</?summary>|<br>$", Pattern.MULTILINE);
  private static final Pattern REFERENCE =
      Pattern.compile("@\\w|#\\d|://|www\\.|GH-\\d|\\$|(?<!\\w)!\\d");
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2800\\u3164&&[^\\n]]");

  private static final Pattern BLOCK =
      Pattern.compile("^ *(?:#+ |[-+*] |-{3,}|={3,}|\\||`{3}|~{3}|\\d+[.)] |    )");

  static Stream<String> attacks() {
    return Attacks.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void no_text_becomes_a_mention_a_reference_or_an_address(String attack) {
    for (String markdown : both(attack)) {
      assertThat(REFERENCE.matcher(withoutCode(markdown)).results().map(r -> r.group()).toList())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void no_text_becomes_an_element_a_link_or_emphasis(String attack) {
    for (String markdown : both(attack)) {
      String left = OWN_MARKUP.matcher(withoutCode(markdown)).replaceAll("");
      String prose = left.replaceAll("(?m)^> |^ *- \\[[ x]] ", "").replace("**", "");
      assertThat(prose).doesNotContainPattern("(?<!\\\\)(?:\\\\\\\\)*[<>\\[\\]`*_&~]");
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void every_row_of_the_table_keeps_its_four_cells(String attack) {
    for (String markdown : both(attack)) {
      List<String> rows = markdown.lines().filter(line -> line.startsWith("|")).toList();
      assertThat(rows).hasSize(4);
      assertThat(rows).allSatisfy(row -> assertThat(row.split("(?<!\\\\)\\|", -1)).hasSize(6));
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void nothing_is_hidden(String attack) {
    for (String markdown : both(attack)) {
      assertThat(HIDDEN.matcher(markdown).results().map(r -> r.group()).toList()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void no_text_adds_a_heading_or_a_rule(String attack) {
    RunReport harmless = ReportExamples.everywhere("harmless");
    RunReport attacked = ReportExamples.everywhere(attack);
    assertThat(shape(MarkdownReport.pullRequestBody(attacked, Handover.PLAIN)))
        .isEqualTo(shape(MarkdownReport.pullRequestBody(harmless, Handover.PLAIN)));
    assertThat(shape(MarkdownReport.report(attacked)))
        .isEqualTo(shape(MarkdownReport.report(harmless)));
  }

  private static List<String> both(String attack) {
    RunReport report = ReportExamples.everywhere(attack);
    return List.of(
        MarkdownReport.pullRequestBody(report, Handover.PLAIN), MarkdownReport.report(report));
  }

  private static String withoutCode(String markdown) {
    return CODE.matcher(markdown).replaceAll("");
  }

  /** What lines outside the quote and the fence start with, where that is markup. */
  private static List<String> shape(String markdown) {
    return withoutCode(markdown)
        .lines()
        .map(line -> BLOCK.matcher(line))
        .filter(Matcher::find)
        .map(Matcher::group)
        .toList();
  }
}
