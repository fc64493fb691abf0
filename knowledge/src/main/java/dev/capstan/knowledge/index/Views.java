package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import java.io.BufferedInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Views on disk: a file each, put in its place by one move, so that none is ever half written. */
final class Views {
  private static final String ENDING = ".view";

  private final Path folder;

  /** Views of earlier versions do not say when files changed. */
  private record Stored(
      String name,
      String commit,
      Instant at,
      List<FileRow> files,
      @Nullable Map<String, Long> changed) {}

  Views(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  Map<String, View> all() throws IOException {
    Map<String, View> views = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(ENDING)).toList()) {
        View view = read(file);
        views.put(view.name(), view);
      }
    }
    return views;
  }

  private static View read(Path file) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Stored stored = FileRow.JSON.readValue(in, Stored.class);
      List<FileRecord> files = stored.files().stream().map(FileRow::file).toList();
      Map<String, Long> changed = Objects.requireNonNullElse(stored.changed(), Map.of());
      return new View(stored.name(), stored.commit(), stored.at(), files, changed);
    }
  }

  void write(View view) throws IOException {
    Path draft = folder.resolve(UUID.randomUUID() + ".draft");
    List<FileRow> rows = view.files().stream().map(FileRow::of).toList();
    try (FileOutputStream file = new FileOutputStream(draft.toFile())) {
      GZIPOutputStream out = new GZIPOutputStream(file);
      out.write(
          FileRow.JSON.writeValueAsBytes(
              new Stored(view.name(), view.commit(), view.at(), rows, view.changed())));
      out.finish();
      file.getFD().sync();
    }
    String name = UUID.nameUUIDFromBytes(view.name().getBytes(StandardCharsets.UTF_8)) + ENDING;
    Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
