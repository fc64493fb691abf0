package dev.capstan.worker;

import dev.capstan.sandbox.OutputListener;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.toolchain.Output;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Passes a command's output on, and keeps its standard output as a report if it is one. The file is
 * written where the command cannot reach and moved among the reports only after the command's end,
 * so a link planted there leads nowhere.
 */
final class KeptOutput implements OutputListener, AutoCloseable {
  private final OutputListener next;
  private final Optional<Path> place;
  private final Optional<Path> aside;
  private final Optional<BufferedWriter> writer;

  private KeptOutput(OutputListener next, Optional<Path> place, Optional<Path> aside)
      throws IOException {
    this.next = next;
    this.place = place;
    this.aside = aside;
    this.writer =
        aside.isPresent()
            ? Optional.of(Files.newBufferedWriter(aside.get(), StandardCharsets.UTF_8))
            : Optional.empty();
  }

  static KeptOutput of(Output output, Folder folder, OutputListener next) throws IOException {
    return switch (output) {
      case Output.Logged _ -> new KeptOutput(next, Optional.empty(), Optional.empty());
      case Output.Kept(var file) ->
          new KeptOutput(
              next, Optional.of(folder.reports().resolve(file)), Optional.of(folder.aside(file)));
    };
  }

  @Override
  public void line(Stream stream, String line) {
    next.line(stream, line);
    if (stream == Stream.OUT && writer.isPresent()) {
      try {
        writer.get().write(line);
        writer.get().newLine();
      } catch (IOException failure) {
        throw new UncheckedIOException("cannot keep the output", failure);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (writer.isPresent() && place.isPresent() && aside.isPresent()) {
      writer.get().close();
      Files.deleteIfExists(place.get());
      Files.move(aside.get(), place.get(), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
