package dev.capstan.verification.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.testkit.Fuzz;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.verification.secrets.ScannerReports;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class FuzzTest {
  private static final String JUNIT =
      "<?xml version='1.0'?><testsuites><testsuite name='s'><testcase classname='c' name='n'"
          + " time='1,0.5'><failure message='m'><![CDATA[t]]></failure></testcase><testcase"
          + " name='o'><skipped/></testcase><error message='x'/></testsuite></testsuites>";
  private static final String JEST =
      "{\"testResults\":[{\"name\":\"f\",\"status\":\"failed\",\"message\":\"m\",\"assertionResults\":"
          + "[{\"title\":\"t\",\"status\":\"passed\",\"ancestorTitles\":[\"a\"],\"duration\":1.5,"
          + "\"failureMessages\":[\"x\"]}]}]}";
  private static final String MOCHA =
      "{\"passes\":[{\"title\":\"a\",\"duration\":2}],\"failures\":[{\"fullTitle\":\"b\","
          + "\"err\":{\"stack\":\"s\"}}],\"pending\":[]}";
  private static final String TAP =
      """
      TAP version 13
      1..2
          ok 1 - inner
          1..1
      ok 1 - outer
      not ok 2 - b # TODO x
        ---
        message: m
        ...
      """;

  @Test
  void test_reports() {
    Fuzz.run(TestReports::read, UnreadableReport.class, List.of(JUNIT, JEST, MOCHA, TAP));
  }

  @Test
  void reports_of_mutants() {
    Fuzz.run(
        PitXml::read,
        UnreadableReport.class,
        List.of(
            "<?xml version='1.0'?><mutations partial='true'><mutation status='KILLED'>"
                + "<mutatedClass>a.B</mutatedClass><mutatedMethod>c</mutatedMethod>"
                + "<methodDescription>()V</methodDescription><lineNumber>6</lineNumber>"
                + "<mutator>M</mutator><indexes><index>1</index></indexes><killingTest/>"
                + "<description>changed &lt;</description></mutation></mutations>"));
  }

  @Test
  void class_paths_in_reports() {
    Fuzz.run(
        SurefireProperties::read,
        UnreadableReport.class,
        List.of(
            "<testsuite><properties><property name='surefire.test.class.path' value='/a:/b'/>"
                + "<property name='java.home' value='/j'/></properties><testcase/></testsuite>"));
  }

  @Test
  void coverage_reports() {
    Fuzz.run(
        CoverageReports::read,
        UnreadableReport.class,
        List.of(
            """
            TN:
            SF:a.js
            FN:1,f
            FNDA:1,f
            DA:1,1
            DA:2,0
            BRDA:1,0,0,1
            LF:2
            LH:1
            end_of_record
            """,
            "<?xml version='1.0'?><!DOCTYPE report PUBLIC '-//JACOCO//DTD Report 1.1//EN'"
                + " 'report.dtd'><report name='r'><package name='p'><class name='p/C'"
                + " sourcefilename='C.java'><method name='m' desc='()V' line='1'><counter"
                + " type='LINE' missed='0' covered='1'/></method></class><sourcefile"
                + " name='C.java'><line nr='1' mi='0' ci='2' mb='1' cb='1'/><counter type='LINE'"
                + " missed='0' covered='1'/></sourcefile></package></report>",
            "<coverage line-rate='1'><packages><package name='p'><classes><class name='C'"
                + " filename='c.py'><methods/><lines><line number='1' hits='1'"
                + " branch='true' condition-coverage='50% (1/2)'/></lines></class></classes></package>"
                + "</packages></coverage>",
            "<coverage generated='1' clover='3'><project timestamp='1'><metrics files='1'/><file"
                + " name='a.js' path='/a.js'><line num='1' count='1' type='stmt'/></file></project>"
                + "</coverage>"));
  }

  @Test
  void reports_of_scanners_for_secrets() {
    Fuzz.run(
        input -> {
          String text = new String(input, StandardCharsets.UTF_8);
          ScannerReports.gitleaks(text);
          ScannerReports.trufflehog(text.lines().toList());
        },
        UnreadableReport.class,
        List.of(
            "[{\"StartLine\":1,\"Secret\":\"s\",\"File\":\"a\",\"RuleID\":\"r\",\"Tags\":[]}]",
            "{\"SourceMetadata\":{\"Data\":{\"Filesystem\":{\"file\":\"a\",\"line\":1}}},"
                + "\"DetectorName\":\"d\",\"Raw\":\"s\"}"));
  }

  @Test
  void output_of_compilers() {
    Fuzz.run(
        input -> {
          List<String> lines = new String(input, StandardCharsets.UTF_8).lines().toList();
          CompilerErrors.in(lines);
          CompilerErrors.stopTheBuild(lines);
        },
        UnreadableReport.class,
        List.of(
            "[ERROR] /a/B.java:[1,2] cannot find symbol",
            "e: file:///a/B.kt:1:2 unresolved",
            "src/a.ts(1,2): error TS2304: no name",
            """
            a.c:1:2: fatal error: x.h: no
            error[E0425]: no value
              --> src/a.rs:1:2
            """,
            """
              File "a.py", line 1
            SyntaxError: bad
            \u001B[31m./a.go:1:2: undefined
            """));
  }

  @Test
  void stored_measurements() {
    String good =
        MeasurementCodec.write(
            new Measurement(
                new Measurement.Build.Built(0),
                List.of(),
                List.of("p"),
                new Measurement.Coverage.NotMeasured("x"),
                Duration.ofSeconds(1)));
    Fuzz.run(
        input -> MeasurementCodec.read(new String(input, StandardCharsets.UTF_8)),
        IllegalArgumentException.class,
        List.of(good));
  }

  @Test
  void names_that_every_case_repeats_do_not_eat_the_memory() {
    String name = "n".repeat(2_000_000);
    refused("<testsuite name='" + name + "'>" + "<testcase/>".repeat(200_000) + "</testsuite>");
    refused(
        "{\"testResults\":[{\"name\":\""
            + name
            + "\",\"assertionResults\":["
            + "{\"status\":\"passed\"},".repeat(200_000)
            + "{\"status\":\"passed\"}]}]}");
    StringBuilder tap = new StringBuilder(("    ".repeat(400) + "ok\n").repeat(2_000));
    for (int depth = 399; depth >= 0; depth--) {
      tap.append("    ".repeat(depth)).append("ok - ").append("n".repeat(20_000)).append('\n');
    }
    refused(tap.append("1..1\n").toString());
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void an_element_that_is_never_closed_takes_no_long_time() {
    byte[] bad = "<coverage ".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> CoverageReports.read(bad)).isInstanceOf(UnreadableReport.class);
  }

  private static void refused(String report) {
    byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
    assertThat(bytes.length).isLessThan(ReportFiles.LARGEST);
    assertThatThrownBy(() -> TestReports.read(bytes))
        .isInstanceOf(UnreadableReport.class)
        .hasMessageContaining("characters");
  }
}
