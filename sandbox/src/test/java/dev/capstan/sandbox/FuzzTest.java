package dev.capstan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.testkit.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What foreign code says to the one way out, and lists of hosts. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class FuzzTest {
  private static final List<String> HEADS =
      List.of(
          "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n",
          "GET http://example.org:8080/a?b HTTP/1.0\r\nHost: other.example\r\nProxy-Connection: x\r\nA: b\r\n\r\n",
          "POST http://example.org/ HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");

  @Test
  void a_head_is_a_request_for_one_host_or_none() {
    Fuzz.run(
        input -> RequestHead.read(new ByteArrayInputStream(input)).ifPresent(FuzzTest::isSound),
        IOException.class,
        HEADS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET http://a.example/ HTTP/1.1\r\nA: b\nHost: c.example\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nA: b\rHost: c.example\r\n\r\n",
        "GET http://a.example/\nHost:c.example HTTP/1.1\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\nHost : c.example\r\n\r\n",
        "GET http://a.example/ HTTP/1.1\r\n Host: c.example\r\n\r\n"
      })
  void a_second_host_that_a_lenient_server_would_read_is_refused(String head) {
    assertThat(RequestHead.parse(head)).isEmpty();
  }

  /** What is passed on begins one request only, for the host that the list was asked about. */
  private static void isSound(RequestHead head) {
    assertThat(head.host()).matches("[A-Za-z0-9_.-]{1,253}");
    assertThat(head.port()).isBetween(1, 65535);
    String forwarded = head.forwarded();
    assertThat(forwarded.isEmpty()).isEqualTo(head.tunnel());
    if (!head.tunnel()) {
      assertThat(forwarded).endsWith("\r\n\r\n");
      assertThat(forwarded.indexOf("\r\n\r\n")).isEqualTo(forwarded.length() - 4);
      assertThat(forwarded.lines().filter(line -> line.regionMatches(true, 0, "host:", 0, 5)))
          .hasSize(1)
          .allMatch(line -> line.startsWith("Host: " + head.host()));
    }
  }

  @Test
  void a_list_of_hosts_is_read_or_refused() {
    Fuzz.run(
        input -> {
          AllowList list = AllowList.parse(new String(input, StandardCharsets.UTF_8));
          assertThat(list.allows("not-listed.invalid", 443)).isFalse();
        },
        IllegalArgumentException.class,
        List.of("example.org, *.example.com:8443\nlocalhost:5000", "a b,c"));
  }

  @Test
  void the_hosts_of_a_text_are_found_whatever_the_text() {
    Fuzz.run(
        input -> AllowList.named(new String(input, StandardCharsets.UTF_8)),
        IOException.class,
        List.of(
            "<url>https://user:secret@example.org:8443/repo</url>",
            "registry=http://localhost:4873/\nindex-url = https://example.org/simple"));
  }
}
