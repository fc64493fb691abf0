package dev.capstan.verification;

import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cases that are reported more often than before, once as passed and once not: a tool says one
 * thing of a case, so another hand wrote one of the reports.
 */
final class Contradictions {
  private static final Pattern REPEATED = Pattern.compile(" #\\d+$");

  private Contradictions() {}

  static List<Violation> of(Measurement base, Measurement after) {
    Map<String, Long> before = counted(base);
    Map<String, Long> now = counted(after);
    Map<String, Set<Status>> said =
        after.tests().stream()
            .collect(
                Collectors.groupingBy(
                    Contradictions::name,
                    TreeMap::new,
                    Collectors.mapping(TestCase::status, Collectors.toSet())));
    return said.entrySet().stream()
        .filter(one -> one.getValue().contains(Status.PASSED) && one.getValue().size() > 1)
        .filter(one -> now.getOrDefault(one.getKey(), 0L) > before.getOrDefault(one.getKey(), 1L))
        .map(one -> violation(one.getKey(), now.getOrDefault(one.getKey(), 0L)))
        .toList();
  }

  private static Violation violation(String id, long times) {
    return new Violation(
        Category.REPORT_FORGED,
        id,
        "expected one report of it as before, found " + times + " that contradict each other");
  }

  private static Map<String, Long> counted(Measurement measurement) {
    return measurement.tests().stream()
        .collect(Collectors.groupingBy(Contradictions::name, Collectors.counting()));
  }

  private static String name(TestCase test) {
    return REPEATED.matcher(test.id()).replaceAll("");
  }
}
