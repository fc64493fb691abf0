package dev.capstan.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Collects the figures of all rounds into one Markdown table. */
final class Report {
  private final SequencedMap<String, SequencedMap<String, List<Double>>> values =
      new LinkedHashMap<>();
  private final Map<String, String> missing = new TreeMap<>();

  void add(Figure figure) {
    values
        .computeIfAbsent(figure.subject(), _ -> new LinkedHashMap<>())
        .computeIfAbsent(figure.metric(), _ -> new ArrayList<>())
        .add(figure.value());
  }

  /** A contender gave no figures, and why. */
  void didNotRun(String subject, String why) {
    missing.put(subject, why);
  }

  String table() {
    StringBuilder table =
        new StringBuilder("| what | figure | median | min to max |\n|---|---|---:|---:|\n");
    values.forEach((subject, metrics) ->
        metrics.forEach((metric, samples) -> table.append(row(subject, metric, samples))));
    missing.forEach(
        (subject, why) -> table.append("| %s | DID_NOT_RUN | | %s |\n".formatted(subject, why)));
    return table.toString();
  }

  private static String row(String subject, String metric, List<Double> samples) {
    List<Double> sorted = new ArrayList<>(samples);
    Collections.sort(sorted);
    return "| %s | %s | %s | %s to %s |\n"
        .formatted(
            subject,
            metric,
            number(sorted.get(sorted.size() / 2)),
            number(sorted.getFirst()),
            number(sorted.getLast()));
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value < 100 && value != Math.rint(value) ? "%.1f" : "%,.0f", value);
  }
}
