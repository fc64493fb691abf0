package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the server has written to its log files since some moment, to tell why it failed. */
final class ServerLog {
  private static final long MOST = 4000;

  private final Path folder;
  private final Map<Path, Long> lengths;

  private ServerLog(Path folder, Map<Path, Long> lengths) {
    this.folder = folder;
    this.lengths = Map.copyOf(lengths);
  }

  static ServerLog mark(Path folder) throws IOException {
    Map<Path, Long> lengths = new HashMap<>();
    for (Path file : files(folder)) {
      lengths.put(file, Files.size(file));
    }
    return new ServerLog(folder, lengths);
  }

  /** The last few thousand characters at most. */
  String sinceMark() throws IOException {
    StringBuilder said = new StringBuilder();
    for (Path file : files(folder)) {
      long from = lengths.getOrDefault(file, 0L);
      said.append(read(file, Math.max(from, Files.size(file) - MOST)));
    }
    return said.toString();
  }

  private static String read(Path file, long from) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer buffer = ByteBuffer.allocate((int) MOST);
      channel.position(from).read(buffer);
      return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().collect(Collectors.toList());
    }
  }
}
