package dev.capstan.knowledge.discovery;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes text of bytes whose encoding nobody has written down. */
final class Decoding {
  /** As far as git looks to tell what is binary. */
  private static final int LOOKED_AT = 8_000;

  private Decoding() {}

  /** True by git's own rule: a zero byte near the beginning, and no mark of UTF-16. */
  static boolean isBinary(byte[] bytes) {
    if (wide(bytes).isPresent()) {
      return false;
    }
    for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Empty if it is in none of UTF-8, UTF-16 with its mark, and ISO-8859-1. */
  static Optional<String> text(byte[] bytes) {
    Optional<Charset> wide = wide(bytes);
    if (wide.isPresent()) {
      return decoded(bytes, wide.get()).map(text -> text.substring(1));
    }
    return decoded(bytes, StandardCharsets.UTF_8)
        .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
        .or(() -> western(bytes));
  }

  private static Optional<Charset> wide(byte[] bytes) {
    if (bytes.length < 2) {
      return Optional.empty();
    }
    int mark = (bytes[0] & 255) << 8 | (bytes[1] & 255);
    return switch (mark) {
      case 0xFEFF -> Optional.of(StandardCharsets.UTF_16BE);
      case 0xFFFE -> Optional.of(StandardCharsets.UTF_16LE);
      default -> Optional.empty();
    };
  }

  private static Optional<String> decoded(byte[] bytes, Charset charset) {
    try {
      return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  /** Every byte is a character of ISO-8859-1, but texts have none of its control characters. */
  private static Optional<String> western(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    boolean controls = text.chars().anyMatch(Decoding::isControl);
    return controls ? Optional.empty() : Optional.of(text);
  }

  private static boolean isControl(int c) {
    boolean upper = c >= 0x7F && c < 0xA0;
    return upper || (c < ' ' && !Character.isWhitespace(c));
  }
}
