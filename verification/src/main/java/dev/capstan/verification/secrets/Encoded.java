package dev.capstan.verification.secrets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Finds what is encoded in a text and is text itself: base64 of both alphabets, and hex. */
final class Encoded {
  private static final int SHORTEST = 16;
  private static final int OTHERS_TOLERATED = 5;

  private Encoded() {}

  /**
   * A piece that was decoded.
   *
   * @param at where it stands in the text
   */
  record Piece(int at, String text, String way) {}

  static List<Piece> in(String text) {
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); from++) {
      if (isOfAlphabet(text.charAt(from))) {
        int to = from;
        while (to < text.length() && isOfAlphabet(text.charAt(to))) {
          to++;
        }
        if (to - from >= SHORTEST) {
          decode(text.substring(from, to), from, pieces);
        }
        from = to;
      }
    }
    return pieces;
  }

  private static boolean isOfAlphabet(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '-'
        || c == '_';
  }

  /** What stands before the encoded text may shift it, so every start is tried. */
  private static void decode(String run, int at, List<Piece> pieces) {
    if (isHex(run)) {
      readable(HexFormat.of().parseHex(run))
          .ifPresent(text -> pieces.add(new Piece(at, text, "hex")));
      return;
    }
    String plain = run.replace('-', '+').replace('_', '/');
    for (int shift = 0; shift < 4; shift++) {
      int length = plain.length() - shift;
      String whole = plain.substring(shift, shift + (length % 4 == 1 ? length - 1 : length));
      readable(Base64.getDecoder().decode(whole))
          .ifPresent(text -> pieces.add(new Piece(at, text, "base64")));
    }
  }

  private static boolean isHex(String run) {
    return run.length() % 2 == 0
        && run.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
  }

  private static Optional<String> readable(byte[] bytes) {
    long others = 0;
    for (byte b : bytes) {
      others += (b >= ' ' && b < 127) || b == '\n' || b == '\r' || b == '\t' ? 0 : 1;
    }
    return others * OTHERS_TOLERATED <= bytes.length
        ? Optional.of(new String(bytes, StandardCharsets.ISO_8859_1))
        : Optional.empty();
  }
}
