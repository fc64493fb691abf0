package dev.capstan.verification.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.verification.report.ReportedMutant.Fate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PitXmlTest {
  private static final String MUTATION =
      """
      <mutation detected='true' status='%s' numberOfTestsRun='1'><sourceFile>Basket.java</sourceFile>\
      <mutatedClass>shop.Basket</mutatedClass><mutatedMethod>total</mutatedMethod>\
      <methodDescription>(II)I</methodDescription><lineNumber>6</lineNumber>\
      <mutator>org.pitest.Boundary</mutator><indexes><index>11</index><index>12</index></indexes>\
      <blocks><block>0</block></blocks><killingTest/><description>changed a &lt; b</description></mutation>
      """;

  private static byte[] report(String... statuses) {
    StringBuilder text = new StringBuilder("<?xml version='1.0'?><mutations partial='true'>");
    for (String status : statuses) {
      text.append(MUTATION.formatted(status));
    }
    return bytes(text + "</mutations>");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_mutant_is_read_with_its_place_and_what_was_done() throws UnreadableReport {
    assertThat(PitXml.read(report("SURVIVED")))
        .containsExactly(
            new ReportedMutant(
                "shop.Basket",
                "total(II)I",
                6,
                "changed a < b",
                "org.pitest.Boundary 11 12",
                Fate.SURVIVED));
  }

  @Test
  void only_a_test_that_noticed_finds_a_fault_and_a_process_that_broke_down_does_not()
      throws UnreadableReport {
    assertThat(
            PitXml.read(
                report(
                    "KILLED",
                    "TIMED_OUT",
                    "MEMORY_ERROR",
                    "SURVIVED",
                    "NO_COVERAGE",
                    "RUN_ERROR",
                    "NON_VIABLE")))
        .extracting(ReportedMutant::fate)
        .containsExactly(
            Fate.FOUND,
            Fate.FOUND,
            Fate.FOUND,
            Fate.SURVIVED,
            Fate.SURVIVED,
            Fate.SURVIVED,
            Fate.UNTRIED);
  }

  @Test
  void a_report_without_mutants_is_empty() throws UnreadableReport {
    assertThat(PitXml.read(bytes("<mutations partial=\"true\">\n</mutations>"))).isEmpty();
  }

  @Test
  void what_is_no_report_of_pit_is_unreadable() {
    for (String text :
        new String[] {
          "",
          "<mutations>",
          "<testsuites/>",
          "<mutations><mutation/></mutations>",
          "<mutations><other/></mutations>",
          "<mutations><mutation status='KILLED'><lineNumber>1</lineNumber></mutation></mutations>",
          "<mutations>" + MUTATION.formatted("HAPPY") + "</mutations>",
          "<mutations>" + MUTATION.formatted("KILLED").replace(">6<", ">six<") + "</mutations>",
          "<mutations><mutation status='KILLED'>" + "<a>".repeat(20) + "</mutation></mutations>",
        }) {
      assertThatThrownBy(() -> PitXml.read(bytes(text)))
          .as(text)
          .isInstanceOf(UnreadableReport.class);
    }
  }

  @Test
  void entities_are_not_expanded() {
    String bomb =
        "<!DOCTYPE mutations [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>"
            + "<mutations>"
            + MUTATION.formatted("KILLED").replace("total", "&b;")
            + "</mutations>";
    assertThatThrownBy(() -> PitXml.read(bytes(bomb))).isInstanceOf(UnreadableReport.class);
  }

  @Test
  void surefire_names_the_class_path_and_the_java_of_its_tests() throws UnreadableReport {
    byte[] report =
        bytes(
            """
            <testsuite name="shop.BasketTest"><properties>
            <property name="surefire.test.class.path" value="/a/test-classes:/a/classes:/m2/x.jar:"/>
            <property name="java.home" value="/usr/lib/jvm/17"/>
            </properties><testcase name="a"/></testsuite>
            """);
    assertThat(SurefireProperties.read(report).orElseThrow())
        .extracting(SurefireProperties::classPath, SurefireProperties::javaHome)
        .containsExactly(List.of("/a/test-classes", "/a/classes", "/m2/x.jar"), "/usr/lib/jvm/17");
  }

  @Test
  void a_class_path_that_is_missing_or_relative_or_of_several_lines_is_none()
      throws UnreadableReport {
    for (String path : new String[] {"", "classes:/a", "/a&#10;/b"}) {
      byte[] report =
          bytes(
              "<testsuite><properties><property name='surefire.test.class.path' value='"
                  + path
                  + "'/><property name='java.home' value='/j'/></properties></testsuite>");
      assertThat(SurefireProperties.read(report)).as(path).isEmpty();
    }
    assertThat(SurefireProperties.read(bytes("<testsuite/>"))).isEmpty();
  }
}
