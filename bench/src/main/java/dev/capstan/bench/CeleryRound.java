package dev.capstan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Celery on Redis, driven by its own script, which prints one figure a line. */
final class CeleryRound implements Round {
  private final Path script;
  private final String fsync;
  private final Sizes sizes;

  /**
   * Prepares it.
   *
   * @param fsync when Redis waits for the disk: {@code always} or {@code everysec}
   */
  CeleryRound(Path script, String fsync, Sizes sizes) {
    this.script = script;
    this.fsync = fsync;
    this.sizes = sizes;
  }

  @Override
  public List<Figure> measure() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "/usr/bin/python3",
                script.toString(),
                fsync,
                String.valueOf(sizes.jobs()),
                String.valueOf(sizes.warmUp()),
                String.valueOf(sizes.samples()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Figure> figures = new ArrayList<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] parts = line.split("\t", -1);
        figures.add(new Figure(parts[0], parts[1], Double.parseDouble(parts[2])));
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("the driver of Celery ended with " + process.exitValue());
    }
    return figures;
  }
}
