package dev.capstan.verification;

import dev.capstan.core.evidence.Violation;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Violations as an engine reads them, to fix what the attempt before did not keep. */
public final class ViolationsJson {
  private ViolationsJson() {}

  /** A list of objects with {@code category}, {@code subject} and {@code detail}. */
  public static String write(List<Violation> violations) {
    return JsonMapper.shared()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(
            violations.stream()
                .map(v ->
                    Map.of(
                        "category", v.category().name(),
                        "subject", v.subject(),
                        "detail", v.detail()))
                .toList());
  }
}
