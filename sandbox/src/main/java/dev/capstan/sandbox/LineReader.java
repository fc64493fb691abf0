package dev.capstan.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Cuts one stream of a process into lines. */
final class LineReader implements Runnable {
  private final InputStream in;
  private final OutputListener.Stream stream;
  private final Output output;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long cut;

  LineReader(InputStream in, OutputListener.Stream stream, Output output) {
    this.in = in;
    this.stream = stream;
    this.output = output;
  }

  @Override
  public void run() {
    try {
      readAll();
    } catch (RuntimeException | Error e) {
      output.fail(e);
    }
  }

  private void readAll() {
    byte[] buffer = new byte[16 * 1024];
    int count = read(buffer);
    while (count >= 0 && output.accept(count)) {
      split(buffer, count);
      count = read(buffer);
    }
    if (line.size() > 0) {
      endLine();
    }
  }

  /** A stream that was closed under us has ended too. */
  private int read(byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  private void split(byte[] buffer, int count) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (buffer[i] == '\n') {
        append(buffer, from, i - from);
        endLine();
        from = i + 1;
      }
    }
    append(buffer, from, count - from);
  }

  private void append(byte[] buffer, int from, int count) {
    int room = Math.min(count, output.longestLine() - line.size());
    line.write(buffer, from, room);
    cut += count - room;
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    if (text.endsWith("\r")) {
      text = text.substring(0, text.length() - 1);
    }
    if (cut > 0) {
      text += " [" + cut + " bytes cut off]";
    }
    line.reset();
    cut = 0;
    output.line(stream, text);
  }
}
