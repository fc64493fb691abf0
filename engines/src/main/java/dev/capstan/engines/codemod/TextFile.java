package dev.capstan.engines.codemod;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Text in UTF-8, of a bounded size. Links are not followed. */
public sealed interface TextFile {
  /** What a file holds. */
  record Text(String text) implements TextFile {}

  /** It holds no such text, and why. */
  record Unfit(String why) implements TextFile {}

  /** Reads a file of at most that many bytes. */
  static TextFile read(Path file, int largest) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(largest + 1);
    }
    if (bytes.length > largest) {
      return new Unfit("larger than " + largest + " bytes");
    }
    try {
      return new Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      return new Unfit("no text in UTF-8");
    }
  }

  /** Writes over a file that is there; if the text is unfit, nothing is written. */
  static TextFile write(Path file, String text, int largest) throws IOException {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException half) {
      return new Unfit("no text: it has half of a character");
    }
    if (bytes.remaining() > largest) {
      return new Unfit("larger than " + largest + " bytes");
    }
    try (OutputStream out =
        Files.newOutputStream(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS)) {
      out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
    }
    return new Text(text);
  }
}
