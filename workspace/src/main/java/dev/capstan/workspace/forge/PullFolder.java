package dev.capstan.workspace.forge;

import dev.capstan.workspace.forge.Forge.Draft;
import dev.capstan.workspace.forge.Forge.Opened;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pull requests of one project. {@code key-<hash>.json} is the record, and it alone decides: it
 * is written aside and linked into place, which one of many callers can do. {@code <number>.md} is
 * the page, made first with create-exclusive, so it also takes the number; a caller that then loses
 * the key removes its page, and one that is killed in between leaves a number unused.
 */
final class PullFolder {
  private static final JsonMapper JSON = JsonMapper.shared();

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

  Opened open(Draft draft, Instant at) {
    try {
      Files.createDirectories(folder);
      Opened opened = takeNumber(draft, at);
      if (!place(opened)) {
        Files.delete(page(opened.number()));
      }
      force(folder);
      return read(record(draft.key()));
    } catch (IOException failure) {
      throw new ForgeFailure("a pull request can't be written to " + folder, failure);
    }
  }

  private Opened takeNumber(Draft draft, Instant at) throws IOException {
    int number = highest() + 1;
    while (!tryWrite(page(number), PullPage.of(number, draft, at))) {
      number++;
    }
    return new Opened(number, page(number).toUri().toString(), draft, at);
  }

  private static boolean tryWrite(Path file, String text) throws IOException {
    try {
      write(file, text);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    }
  }

  private int highest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{1,9}\\.md"))
          .mapToInt(name -> Integer.parseInt(name.substring(0, name.length() - 3)))
          .max()
          .orElse(0);
    }
  }

  /** False if another caller had the key first. */
  private boolean place(Opened opened) throws IOException {
    Path aside = folder.resolve("." + opened.number() + ".new");
    Files.deleteIfExists(aside);
    write(aside, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(opened));
    try {
      Files.createLink(record(opened.draft().key()), aside);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } finally {
      Files.delete(aside);
    }
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

  private static Opened read(Path record) throws IOException {
    return JSON.readValue(Files.readString(record), Opened.class);
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
    return folder.resolve("key-" + hash(key) + ".json");
  }

  private static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
