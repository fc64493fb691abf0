package dev.capstan.workspace.forge;

import dev.capstan.core.Sha256;
import dev.capstan.workspace.forge.Forge.Draft;
import dev.capstan.workspace.forge.Forge.Opened;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pull requests of one project. {@code key-<hash>.json} is the record, and it alone decides;
 * {@code <number>.md} is the page for people.
 */
final class PullFolder {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

  private final Path folder;

  PullFolder(Path folder) {
    this.folder = folder;
  }

  Optional<Opened> find(String key) {
    try {
      return Optional.of(read(record(key)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new ForgeFailure("the pull request of " + key + " can't be read", failure);
    }
  }

  /**
   * One caller at a time, of all threads and processes. The page is written before the record that
   * makes it a pull request, and numbers are counted by records: a page that a kill has left
   * without one is written over.
   */
  Opened open(Draft draft, Instant at) {
    synchronized (LOCKS.computeIfAbsent(folder, _ -> new Object())) {
      try {
        Files.createDirectories(folder);
        try (FileChannel lock = lock()) {
          lock.lock();
          Optional<Opened> known = find(draft.key());
          return known.isPresent() ? known.get() : add(draft, at);
        }
      } catch (IOException failure) {
        throw new ForgeFailure("a pull request can't be written to " + folder, failure);
      }
    }
  }

  void attach(String key, String name, String text) {
    Opened opened =
        find(key).orElseThrow(() -> new ForgeFailure("there is no pull request of " + key));
    if (!name.matches("[a-z0-9-]{1,50}(\\.[a-z0-9]{1,10}){1,2}")) {
      throw new IllegalArgumentException("not the plain name of a file: " + name);
    }
    synchronized (LOCKS.computeIfAbsent(folder, _ -> new Object())) {
      try (FileChannel lock = lock()) {
        lock.lock();
        replace(folder.resolve(opened.number() + "." + name), text);
        force(folder);
      } catch (IOException failure) {
        throw new ForgeFailure(name + " can't be written to " + folder, failure);
      }
    }
  }

  private FileChannel lock() throws IOException {
    return FileChannel.open(
        folder.resolveSibling(folder.getFileName() + ".guard"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  private Opened add(Draft draft, Instant at) throws IOException {
    int number = 1 + list().stream().mapToInt(Opened::number).max().orElse(0);
    Opened opened = new Opened(number, page(number).toUri().toString(), draft, at);
    replace(page(number), PullPage.of(number, draft, at));
    replace(record(draft.key()), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(opened));
    force(folder);
    return opened;
  }

  private void replace(Path file, String text) throws IOException {
    Path aside = folder.resolve(".new");
    Files.deleteIfExists(aside);
    write(aside, text);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  List<Opened> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> records =
          files.filter(file -> file.getFileName().toString().startsWith("key-")).toList();
      return read(records).stream().sorted(Comparator.comparingInt(Opened::number)).toList();
    } catch (IOException failure) {
      throw new ForgeFailure("the pull requests in " + folder + " can't be read", failure);
    }
  }

  private static List<Opened> read(List<Path> records) throws IOException {
    List<Opened> read = new ArrayList<>();
    for (Path record : records) {
      read.add(read(record));
    }
    return read;
  }

  /** Records of before there were reviewers and signatures lack both. */
  private static Opened read(Path record) throws IOException {
    JsonNode tree = JSON.readTree(Files.readString(record));
    if (tree.get("draft") instanceof ObjectNode draft) {
      draft.putIfAbsent("reviewers", JSON.createArrayNode());
      draft.putIfAbsent("signed", JSON.getNodeFactory().booleanNode(false));
    }
    return JSON.treeToValue(tree, Opened.class);
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path page(int number) {
    return folder.resolve(number + ".md");
  }

  private Path record(String key) {
    return folder.resolve("key-" + Sha256.hex(key) + ".json");
  }
}
