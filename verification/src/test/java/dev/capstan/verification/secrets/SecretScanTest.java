package dev.capstan.verification.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a secret, however it is hidden, and what only looks like one. */
final class SecretScanTest {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";
  private static final String TOKEN = "ghp_" + random(LETTERS + DIGITS, 36, 1);
  private static final String OTHER = "s" + "k_live_" + random(LETTERS + DIGITS, 28, 2);

  static List<String> openly() {
    return List.of(
        "AK" + "IA" + random("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, 3),
        TOKEN,
        "github" + "_pat_" + random(LETTERS + DIGITS, 60, 4),
        "gl" + "pat-" + random(LETTERS + DIGITS, 20, 5),
        "xo" + "xb-2431" + "-" + random(LETTERS + DIGITS, 24, 6),
        "AI" + "za" + random(LETTERS + DIGITS, 35, 7),
        OTHER,
        "np" + "m_" + random(LETTERS + DIGITS, 36, 8),
        "py" + "pi-AgEIcHlwaS5vcmc" + random(LETTERS + DIGITS, 60, 9),
        "sk-" + "ant-api03-" + random(LETTERS + DIGITS, 60, 10),
        "sk-" + "proj-" + random(LETTERS + DIGITS, 48, 11),
        "hf" + "_" + random(LETTERS, 34, 12),
        "ey"
            + "J"
            + random(LETTERS, 20, 13)
            + ".ey"
            + "J"
            + random(LETTERS, 30, 14)
            + "."
            + random(LETTERS + DIGITS, 43, 15),
        "-----BEGIN RSA PRIVATE " + "KEY-----\n" + lines(random(LETTERS + DIGITS, 256, 16)),
        "\"-----BEGIN PRIVATE " + "KEY-----\\n\" +\n  \"" + random(LETTERS + DIGITS, 64, 17) + "\"",
        "postgres://app:" + random(LETTERS + DIGITS, 12, 18) + "@db.internal:5432/app",
        "password = \"" + random(LETTERS + DIGITS, 14, 19) + "9a1!\"",
        "API_TOKEN=" + random(LETTERS + DIGITS, 32, 20),
        "  apiKey: '" + random(LETTERS + DIGITS, 40, 21) + "',",
        "{\"client_secret\": \"" + random(LETTERS + DIGITS, 32, 22) + "\"}",
        "Authorization: Bearer " + random(LETTERS + DIGITS, 40, 23));
  }

  @ParameterizedTest
  @MethodSource("openly")
  void a_secret_is_found_and_never_shown(String text) {
    List<Leak> leaks = new SecretScan().scan("int before = 1;\n" + text + "\nint after = 2;\n");
    assertThat(leaks).hasSize(1);
    assertThat(leaks.getFirst().line()).isBetween(2, 3);
    assertThat(text).doesNotContain(leaks.getFirst().shown());
    assertThat(leaks.getFirst().toString()).doesNotContain(leaks.getFirst().value().substring(5));
  }

  static List<String> hidden() {
    return List.of(
        "x = \"%s\" + \"%s\"".formatted(TOKEN.substring(0, 9), TOKEN.substring(9)),
        "x = \"%s\"\n    + \"%s\";".formatted(TOKEN.substring(0, 2), TOKEN.substring(2)),
        "x = ('%s'\n     '%s')".formatted(TOKEN.substring(0, 20), TOKEN.substring(20)),
        "[\"%s\",\n \"%s\",\n \"%s\"].join('')"
            .formatted(TOKEN.substring(0, 3), TOKEN.substring(3, 30), TOKEN.substring(30)),
        "b.append(\"%s\").append(\"%s\");".formatted(TOKEN.substring(0, 9), TOKEN.substring(9)),
        "String a = \"%s\";\nString b = \"%s\";"
            .formatted(TOKEN.substring(0, 9), TOKEN.substring(9)),
        "export X=%s\\\n%s".formatted(TOKEN.substring(0, 9), TOKEN.substring(9)),
        "# %s\n# %s".formatted(TOKEN.substring(0, 9), TOKEN.substring(9)),
        base64(TOKEN),
        "decode(\"" + base64("user:" + TOKEN) + "\")",
        "x" + base64(TOKEN),
        base64(base64("the token is " + TOKEN)),
        base64(TOKEN).substring(0, 20) + "\n" + base64(TOKEN).substring(20),
        "d(\"" + base64(TOKEN).substring(0, 17) + "\" + \"" + base64(TOKEN).substring(17) + "\")",
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes("??>" + TOKEN)),
        HexFormat.of().formatHex(bytes(TOKEN)),
        new String(TOKEN.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("hidden")
  void a_hidden_secret_is_the_same_secret(String text) {
    String fingerprint = new SecretScan().scan(TOKEN).getFirst().fingerprint();
    assertThat(new SecretScan().scan("one\n" + text + "\n"))
        .extracting(Leak::fingerprint)
        .containsExactly(fingerprint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password = \"${DB_PASSWORD}\"",
        "password: <your password>",
        "password = \"changeme\"",
        "const token = await getToken(request, options);",
        "String token = tokenizer.nextToken();",
        "this.secretKey = configuration.secretKey;",
        "label.password.reset.title = \"Reset your password\"",
        "key = \"user.profile.settings.v2\"",
        "AWS_KEY = \"AKIAIOSFODNN7EXAMPLE\"",
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "postgres://user:password@localhost/db",
        "postgres://user:${PASSWORD}@localhost/db",
        "https://example.org/path:80/@scope",
        "if (line.startsWith(\"-----BEGIN PRIVATE KEY-----\")) return;",
        "\"integrity\": \"sha512-q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7w==\"",
        "tokens = [\"glpat-\", \"gldt-\", \"glrt-\", \"glptt-\", \"glsoat-\"]",
        "TOKEN = \"eyJ[A-Za-z0-9_-]{8,900}[.]eyJ[A-Za-z0-9_-]{8,900}\"",
        "tokens = \"symbol2label\"",
        "secret-scanning.yml uses tokenizer_v2_large",
        "api_key = os.environ[\"API_KEY_PRODUCTION_1\"]",
        "  password = get_password(user_id=17, retries=3)",
        "\"tokens\": 128000, \"keys\": [1, 2, 3]",
        "commit 3ee29273f1b2c4d5e6f708192a3b4c5d6e7f8091"
      })
  void what_only_looks_like_a_secret_is_none(String text) {
    assertThat(new SecretScan().scan(text)).isEmpty();
  }

  @Test
  void two_secrets_are_two() {
    assertThat(new SecretScan().scan("a = \"" + TOKEN + "\"\nb = \"" + OTHER + "\"\n"))
        .extracting(Leak::line)
        .containsExactly(1, 2);
  }

  static List<String> hostile() {
    int size = 1 << 20;
    return List.of(
        "password=".repeat(size / 9),
        "ghp_".repeat(size / 4),
        "\"+".repeat(size / 2),
        "eyJa.".repeat(size / 5),
        "-----BEGIN PRIVATE KEY-----".repeat(size / 27),
        "a".repeat(size),
        "://a:".repeat(size / 5),
        base64(base64("token secret key ".repeat(size / 32))),
        "\n".repeat(size),
        random(LETTERS + DIGITS + "\"'=+:/ \n", size, 99));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void no_text_takes_long(String text) {
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> new SecretScan().scan(text));
  }

  @Test
  void a_scan_that_stopped_says_so() {
    SecretScan scan = new SecretScan(1_000);
    scan.scan("no key");
    assertThat(scan.isWhole()).isTrue();
    scan.scan("key password=".repeat(100));
    assertThat(scan.isWhole()).isFalse();
  }

  private static String lines(String body) {
    return body.chars()
        .mapToObj(Character::toString)
        .collect(Collectors.joining())
        .replaceAll("(.{64})", "$1\n");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Made anew each time, so that no secret stands in this file. */
  private static String random(String alphabet, int length, long seed) {
    Random random = new Random(seed);
    return random
        .ints(length, 0, alphabet.length())
        .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
        .collect(Collectors.joining());
  }
}
