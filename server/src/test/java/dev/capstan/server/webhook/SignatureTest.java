package dev.capstan.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures, by the examples that were published for them. */
final class SignatureTest {
  private static final String GITHUB_SECRET = "It's a Secret to Everybody";
  private static final String GITHUB =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String TIME = "1614265330";
  private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final byte[] BODY = bytes("{\"test\": 2432232314}");
  private static final Instant THEN = Instant.ofEpochSecond(1_614_265_330);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void the_published_example_of_github_is_good_and_nothing_near_it() {
    byte[] body = bytes("Hello, World!");
    assertThat(Signature.github(GITHUB_SECRET, GITHUB, body)).isTrue();
    assertThat(Signature.github(GITHUB_SECRET, GITHUB, bytes("Hello, World"))).isFalse();
    assertThat(Signature.github("another secret", GITHUB, body)).isFalse();
    assertThat(Signature.github(GITHUB_SECRET, "", body)).isFalse();
    assertThat(Signature.github(GITHUB_SECRET, GITHUB.substring(7), body)).isFalse();
  }

  private static boolean standard(String id, String time, String header, Instant now) {
    return Signature.standard(SECRET, id, time, header, BODY, now);
  }

  @Test
  void the_published_example_of_standard_webhooks_is_good_and_nothing_near_it() {
    assertThat(standard(ID, TIME, SIGNED, THEN)).isTrue();
    assertThat(standard(ID, TIME, "v1,AAAA " + SIGNED, THEN)).isTrue();
    assertThat(standard("msg_other", TIME, SIGNED, THEN)).isFalse();
    assertThat(standard(ID, "1614265331", SIGNED, THEN)).isFalse();
    assertThat(standard(ID, "now", SIGNED, THEN)).isFalse();
    assertThat(standard(ID, TIME, SIGNED.replace("v1", "v2"), THEN)).isFalse();
    assertThat(standard(ID, TIME, "", THEN)).isFalse();
  }

  @Test
  void an_old_signature_is_worth_nothing() {
    assertThat(standard(ID, TIME, SIGNED, THEN.plusSeconds(299))).isTrue();
    assertThat(standard(ID, TIME, SIGNED, THEN.plusSeconds(301))).isFalse();
    assertThat(standard(ID, TIME, SIGNED, THEN.minusSeconds(301))).isFalse();
  }

  @Test
  void a_token_is_good_whole_only() {
    assertThat(Signature.token("a secret token of some length", "a secret token of some length"))
        .isTrue();
    assertThat(Signature.token("a secret token of some length", "a secret token")).isFalse();
    assertThat(Signature.token("a secret token of some length", "")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/acme/shop.git, github.com/acme/shop",
    "https://token@github.com:443/Acme/Shop/, github.com/acme/shop",
    "git@github.com:acme/shop.git, github.com/acme/shop",
    "ssh://git@github.com:22/acme/shop.git, github.com/acme/shop",
    "git://github.com/acme/shop, github.com/acme/shop",
    "https://git.example.com:8443/a/b/c.git, git.example.com:8443/a/b/c",
    "/srv/git/Shop.git, /srv/git/Shop",
    "file:///srv/git/Shop.git, /srv/git/Shop"
  })
  void a_repository_is_known_however_its_address_is_written(String address, String expected) {
    assertThat(RepositoryAddress.of(address).value()).isEqualTo(expected);
  }
}
