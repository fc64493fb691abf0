package dev.capstan.workspace.git;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as git holds it: bytes, which need not be UTF-8, one per character of the string. A Java
 * path made from a string loses such bytes; one made from a URI keeps them.
 */
record TreePath(String bytes) implements Comparable<TreePath> {
  static TreePath of(Path root, Path below) {
    String prefix = withSlash(root.toUri().getRawPath());
    String name = withSlash(below.toUri().getRawPath()).substring(prefix.length());
    return new TreePath(decode(name.substring(0, name.length() - 1)));
  }

  /** Splits git's output with {@code -z}. */
  static List<String> split(String output) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
      parts.add(output.substring(start, end));
      start = end + 1;
    }
    return parts;
  }

  static String join(List<TreePath> paths) {
    StringBuilder all = new StringBuilder();
    paths.forEach(path -> all.append(path.bytes).append('\0'));
    return all.toString();
  }

  Path in(Path root) {
    StringBuilder uri = new StringBuilder("file://").append(withSlash(root.toUri().getRawPath()));
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (c == '/') {
        uri.append(c);
      } else {
        uri.append('%').append(hexadecimal(c >> 4)).append(hexadecimal(c & 15));
      }
    }
    return Path.of(URI.create(uri.toString()));
  }

  /** For people: UTF-8, and bytes that are not as {@code \377}. */
  String text() {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
    CharBuffer out = CharBuffer.allocate(4 * bytes.length() + 4);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        out.put("\\%03o".formatted(in.get() & 255));
      }
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  /** True if the bytes are UTF-8, so that the path can be asked for by its text. */
  boolean isText() {
    return Git.bytes(text()).equals(bytes);
  }

  @Override
  public int compareTo(TreePath other) {
    return bytes.compareTo(other.bytes);
  }

  private static String decode(String rawPath) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < rawPath.length(); i++) {
      if (rawPath.charAt(i) == '%') {
        decoded.append((char) Integer.parseInt(rawPath, i + 1, i + 3, 16));
        i += 2;
      } else {
        decoded.append(rawPath.charAt(i));
      }
    }
    return decoded.toString();
  }

  private static char hexadecimal(int digit) {
    return Character.forDigit(digit, 16);
  }

  private static String withSlash(String path) {
    return path.endsWith("/") ? path : path + "/";
  }
}
