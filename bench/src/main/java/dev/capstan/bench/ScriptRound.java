package dev.capstan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A peer driven by a script of its own, which prints its figures, one a line. */
final class ScriptRound implements Round {
  private final String peer;
  private final List<String> command;
  private final Map<String, String> environment;

  /**
   * Prepares it.
   *
   * @param command prints lines of a subject, a metric and a value with tabs between them
   */
  private ScriptRound(String peer, List<String> command, Map<String, String> environment) {
    this.peer = peer;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
  }

  /** Like every script of a peer, it takes the sizes last. */
  static ScriptRound of(String peer, Sizes sizes, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add(String.valueOf(sizes.jobs()));
    words.add(String.valueOf(sizes.warmUp()));
    words.add(String.valueOf(sizes.samples()));
    return new ScriptRound(peer, words, Map.of());
  }

  /** The same with more variables. */
  ScriptRound with(Map<String, String> variables) {
    return new ScriptRound(peer, command, variables);
  }

  @Override
  public List<Figure> measure() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    List<Figure> figures = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t", -1);
        if (parts.length == 3) {
          figures.add(new Figure(parts[0], parts[1], Double.parseDouble(parts[2])));
        }
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("the driver of " + peer + " ended with " + process.exitValue());
    }
    return figures;
  }
}
