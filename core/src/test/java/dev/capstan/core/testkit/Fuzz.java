package dev.capstan.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Tries a parser of foreign input on changed copies of good input, for {@code capstan.fuzz.millis}
 * milliseconds, from {@code capstan.fuzz.seed}.
 */
public final class Fuzz {
  private static final int LONGEST = 100_000;
  private static final Duration SLOW = Duration.ofSeconds(3);

  private final Random random;
  private final List<byte[]> seeds;

  private Fuzz(long seed, List<byte[]> seeds) {
    this.random = new Random(seed);
    this.seeds = seeds;
  }

  /** Anything but what it may throw at its edge is the parser's own to deal with. */
  public interface Parser {
    void parse(byte[] input) throws Exception;
  }

  public static void run(Parser parser, Class<? extends Exception> edge, List<String> seeds) {
    long seed = Long.getLong("capstan.fuzz.seed", 20261121L);
    long millis = Long.getLong("capstan.fuzz.millis", 400L);
    Fuzz fuzz =
        new Fuzz(seed, seeds.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList());
    long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    int tried = 0;
    for (; tried < 50 || System.nanoTime() < until; tried++) {
      attempt(parser, edge, tried < seeds.size() ? fuzz.seeds.get(tried) : fuzz.changed());
    }
    assertThat(tried).isGreaterThanOrEqualTo(50);
  }

  private static void attempt(Parser parser, Class<? extends Exception> edge, byte[] input) {
    long began = System.nanoTime();
    try {
      parser.parse(input);
    } catch (Exception | StackOverflowError | OutOfMemoryError thrown) {
      if (!edge.isInstance(thrown)) {
        fail(thrown + " on " + Base64.getEncoder().encodeToString(input), thrown);
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as(() -> "time for " + Base64.getEncoder().encodeToString(input))
        .isLessThan(SLOW);
  }

  private byte[] changed() {
    byte[] input = pick();
    for (int i = random.nextInt(6); i >= 0; i--) {
      input = change(input);
    }
    return input;
  }

  private byte[] pick() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] change(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = from + random.nextInt(Math.min(input.length - from, 60) + 1);
    byte[] other = pick();
    return switch (random.nextInt(8)) {
      case 0 -> join(input, from, new byte[] {(byte) random.nextInt(256)}, to);
      case 1 -> join(input, from, new byte[0], to);
      case 2 -> repeated(input, from, to);
      case 3 -> join(input, from, slice(other), from);
      case 4 -> join(input, from, special(), to);
      case 5 -> join(input, from, new byte[0], input.length);
      case 6 -> join(input, from, noise(), to);
      default -> join(input, from, special(), from);
    };
  }

  private byte[] repeated(byte[] input, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int times = 1 << random.nextInt(13);
    for (int i = 0; i < times && out.size() < LONGEST; i++) {
      out.write(input, from, to - from);
    }
    return join(input, from, out.toByteArray(), to);
  }

  private byte[] slice(byte[] from) {
    int start = random.nextInt(from.length + 1);
    return Arrays.copyOfRange(from, start, start + random.nextInt(from.length - start + 1));
  }

  private byte[] special() {
    List<String> all =
        List.of(
            "\0",
            "\uFFFF",
            "\uD83D",
            "-1",
            "9999999999999999999",
            "1e999999999",
            "NaN",
            "<",
            ">",
            "&x;",
            "<!--",
            "<![CDATA[",
            "<!DOCTYPE a [<!ENTITY x 'y'>]>",
            "{",
            "[",
            "\"",
            "\\",
            "null",
            "true",
            "&a ",
            "*a",
            "!!java.net.URL ",
            "---\n",
            "\r",
            "\t",
            "# skip",
            "1..0",
            "../../etc/passwd",
            "not ok ",
            "    ",
            ": ",
            "- ",
            "%s",
            "\u0000\u0001",
            "\033[2J",
            "\r\n\r\n",
            "%2e%2e/",
            "xn--",
            "@");
    return all.get(random.nextInt(all.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[] input, int to, byte[] middle, int from) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, to);
    out.writeBytes(middle);
    out.write(input, from, input.length - from);
    return out.size() > 4 * LONGEST
        ? Arrays.copyOf(out.toByteArray(), 4 * LONGEST)
        : out.toByteArray();
  }
}
