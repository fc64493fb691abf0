package dev.capstan.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Instructions as a program in a sandbox finds them: a file for each in a folder that it can only
 * read, named by its number. A file appears whole.
 */
final class InstructionFiles implements AutoCloseable {
  /** Where a program finds the folder. */
  static final Path FOLDER = Path.of("/capstan/instructions");

  private final Instructions instructions;

  /** Lays them in a folder of the host until it is closed. */
  InstructionFiles(Instructions instructions, Path folder) {
    this.instructions = instructions;
    instructions.listen((number, text) -> write(folder, number, text));
  }

  private static void write(Path folder, int number, String text) {
    try {
      Path part = Files.writeString(folder.resolve("." + number), text);
      Files.move(part, folder.resolve(String.valueOf(number)), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException("an instruction cannot be handed to the program", failure);
    }
  }

  @Override
  public void close() {
    instructions.close();
  }
}
