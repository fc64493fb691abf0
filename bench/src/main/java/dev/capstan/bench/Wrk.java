package dev.capstan.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk: sixteen connections that ask again as soon as they are answered. */
final class Wrk {
  static final int CONNECTIONS = 16;

  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern SLOWEST = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)\\b");
  private static final Pattern BROKEN =
      Pattern.compile("Non-2xx or 3xx responses: .*|Socket errors: .*");

  private final int seconds;

  Wrk(int seconds) {
    this.seconds = seconds;
  }

  /**
   * Loads that URL.
   *
   * @param more options of wrk before the URL, then what follows it
   * @throws IOException if a request was not answered well
   */
  List<Figure> load(String subject, String url, List<String> options, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS));
    command.addAll(List.of("-d" + seconds + "s", "--latency"));
    command.addAll(options);
    command.add(url);
    command.addAll(more);
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0 || BROKEN.matcher(said).find()) {
      throw new IOException(subject + ": " + said);
    }
    return List.of(
        new Figure(subject, "requests/s", number(RATE.matcher(said), said)),
        new Figure(subject, "p99, ms", milliseconds(said)));
  }

  private static double milliseconds(String said) {
    Matcher slowest = SLOWEST.matcher(said);
    double number = number(slowest, said);
    return switch (slowest.group(2)) {
      case "us" -> number / 1_000;
      case "ms" -> number;
      default -> number * 1_000;
    };
  }

  private static double number(Matcher matcher, String said) {
    if (!matcher.find()) {
      throw new IllegalStateException("wrk did not say what was expected: " + said);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
