package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The editor that a person has chosen: {@code $VISUAL}, else {@code $EDITOR}. */
final class Editor {
  private final List<String> command;

  Editor(Map<String, String> environment) {
    String chosen =
        Optional.ofNullable(environment.get("VISUAL"))
            .filter(name -> !name.isBlank())
            .orElse(environment.getOrDefault("EDITOR", ""));
    if (chosen.isBlank()) {
      throw new ApiFailure(
          ErrorCode.INVALID, "Set EDITOR to your editor, or leave out --edit and edit the file.");
    }
    this.command = List.of(chosen.strip().split("\\s+", -1));
  }

  /** Waits until the person is done. */
  void edit(Path file) throws IOException {
    List<String> argv = new ArrayList<>(command);
    argv.add(file.toString());
    try {
      int code = new ProcessBuilder(argv).inheritIO().start().waitFor();
      if (code != 0) {
        throw new ApiFailure(
            ErrorCode.INVALID,
            command.getFirst()
                + " ended with exit code "
                + code
                + "; "
                + file
                + " is as it left it");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ApiFailure(ErrorCode.INVALID, "interrupted while " + file + " was edited");
    }
  }
}
