package dev.capstan.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a proxy is asked for.
 *
 * @param tunnel true for {@code CONNECT}: bytes are passed on as they are
 * @param forwarded what the host gets instead of the head, empty for a tunnel
 */
record RequestHead(String host, int port, boolean tunnel, String forwarded) {
  private static final int LONGEST = 32 * 1024;
  private static final String NAME = "([A-Za-z0-9_.-]{1,253})";
  private static final Pattern CONNECT =
      Pattern.compile("CONNECT " + NAME + ":([0-9]{1,5}) HTTP/1\\.[01]");
  private static final Pattern PLAIN =
      Pattern.compile(
          "([A-Z]{1,20}) http://" + NAME + "(?::([0-9]{1,5}))?(/[^ \\p{Cntrl}]*)? HTTP/1\\.[01]");

  /** One line, whoever reads it: a lone line feed would begin another for a lenient host. */
  private static final Pattern FIELD =
      Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}:[\\t\\x20-\\x7e\\x80-\\xff]*");

  private static final List<String> NOT_PASSED_ON =
      List.of("host:", "connection:", "keep-alive:", "upgrade:", "proxy-");

  /** Reads up to the empty line; empty if that is no request that a proxy answers. */
  static Optional<RequestHead> read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    while (last != 0x0D0A0D0A) {
      int next = in.read();
      if (next < 0 || head.size() >= LONGEST) {
        return Optional.empty();
      }
      head.write(next);
      last = (last << 8) | next;
    }
    return parse(head.toString(StandardCharsets.ISO_8859_1));
  }

  static Optional<RequestHead> parse(String head) {
    List<String> lines = List.of(head.split("\r\n", -1));
    Matcher connect = CONNECT.matcher(lines.getFirst());
    if (connect.matches()) {
      return port(connect.group(2)).map(port -> new RequestHead(connect.group(1), port, true, ""));
    }
    Matcher plain = PLAIN.matcher(lines.getFirst());
    boolean sound =
        lines.stream().skip(1).allMatch(line -> line.isEmpty() || FIELD.matcher(line).matches());
    if (!plain.matches() || !sound) {
      return Optional.empty();
    }
    return port(Optional.ofNullable(plain.group(3)).orElse("80"))
        .map(port -> new RequestHead(plain.group(2), port, false, forwarded(plain, lines)));
  }

  /** The host's name is put in again: another one could lead elsewhere behind the same address. */
  private static String forwarded(Matcher request, List<String> lines) {
    StringBuilder text = new StringBuilder();
    String path = Optional.ofNullable(request.group(4)).orElse("/");
    text.append(request.group(1)).append(' ').append(path).append(" HTTP/1.1\r\n");
    text.append("Host: ").append(request.group(2));
    Optional.ofNullable(request.group(3)).ifPresent(port -> text.append(':').append(port));
    text.append("\r\nConnection: close\r\n");
    lines.stream()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .filter(line -> NOT_PASSED_ON.stream().noneMatch(line.toLowerCase(Locale.ROOT)::startsWith))
        .forEach(line -> text.append(line).append("\r\n"));
    return text.append("\r\n").toString();
  }

  private static Optional<Integer> port(String digits) {
    int port = Integer.parseInt(digits);
    return port > 0 && port < 65536 ? Optional.of(port) : Optional.empty();
  }
}
