package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.FileState;
import dev.capstan.knowledge.FileState.Lines;
import dev.capstan.knowledge.FileState.Reason;
import dev.capstan.knowledge.Language;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** A file's record as it is stored. */
record FileRow(
    String path,
    String blob,
    long size,
    Language language,
    String state,
    String why,
    List<Lines> ranges) {
  static final JsonMapper JSON = JsonMapper.builder().build();

  static FileRow of(FileRecord file) {
    return switch (file.state()) {
      case FileState.Indexed _ -> row(file, "", List.of());
      case FileState.Partial partial -> row(file, partial.why(), partial.ranges());
      case FileState.Skipped skipped -> row(file, skipped.reason().name(), List.of());
      case FileState.OptedOut optedOut -> row(file, optedOut.how(), List.of());
      case FileState.Failed failed -> row(file, failed.error(), List.of());
    };
  }

  private static FileRow row(FileRecord file, String why, List<Lines> ranges) {
    return new FileRow(
        file.path(), file.blob(), file.size(), file.language(), file.state().word(), why, ranges);
  }

  FileRecord file() {
    FileState found =
        switch (state) {
          case "indexed" -> new FileState.Indexed();
          case "partial" -> new FileState.Partial(ranges, why);
          case "skipped" -> new FileState.Skipped(Reason.valueOf(why));
          case "opted out" -> new FileState.OptedOut(why);
          case "failed" -> new FileState.Failed(why);
          default -> throw new IllegalArgumentException("a file in no known state: " + state);
        };
    return new FileRecord(path, blob, size, language, found);
  }

  static byte[] bytes(FileRecord file) {
    return JSON.writeValueAsBytes(of(file));
  }

  static FileRecord read(byte[] bytes) {
    return JSON.readValue(bytes, FileRow.class).file();
  }
}
