package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.server.Door.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
  private static final String API = "/api/v1";

  @TempDir static Path folder;

  private Door door;

  @BeforeAll
  void open() {
    door =
        Door.open(
            folder.resolve("data"),
            new RequestLimits(1_000, 2_000, 4_096, 20, 60, RequestLimits.DEFAULT.workers()));
  }

  @AfterAll
  void close() {
    door.close();
  }

  @Test
  void a_body_beyond_the_limit_is_refused_whether_it_tells_its_length_or_not() throws Exception {
    String large = "{\"id\": \"" + "x".repeat(1_000) + "\"}";

    Answer told = door.post(door.owner(), API + "/projects", large);
    assertThat(told.status()).as(told.body()).isEqualTo(413);
    assertThat(told.json().get("code").asString()).isEqualTo("TOO_LARGE");
    assertThat(told.json().get("detail").asString()).contains("1000 bytes");

    Answer untold = door.chunked(door.owner(), API + "/projects", Door.JSON, large);
    assertThat(untold.status()).as(untold.body()).isEqualTo(413);
  }

  @Test
  void an_artifact_may_be_larger_but_not_without_end() throws Exception {
    String type = "application/octet-stream";
    String path = API + "/artifacts";
    assertThat(door.send(door.owner(), "POST", path, type, "x".repeat(1_500)).status())
        .isEqualTo(200);
    assertThat(door.send(door.owner(), "POST", path, type, "x".repeat(2_001)).status())
        .isEqualTo(413);
    assertThat(door.chunked(door.owner(), path, type, "x".repeat(2_001)).status()).isEqualTo(413);
  }

  @Test
  void a_token_that_is_used_too_often_is_told_when_to_come_again_and_others_are_not()
      throws Exception {
    String fast = door.token("fast", "reader", "", "");
    String calm = door.token("calm", "reader", "", "");
    Answer last = door.get(fast, API + "/runs");
    for (int i = 0; i < 40 && last.status() == 200; i++) {
      last = door.get(fast, API + "/runs");
    }

    assertThat(last.status()).isEqualTo(429);
    assertThat(last.json().get("code").asString()).isEqualTo("TOO_MANY");
    assertThat(last.response().headers().firstValueAsLong("Retry-After").orElse(0))
        .isBetween(1L, 60L);
    assertThat(door.get(calm, API + "/runs").status()).isEqualTo(200);
    assertThat(door.get(door.owner(), API + "/audit").body()).contains("20 requests a minute");
  }

  @Test
  void headers_have_a_limit_too() throws Exception {
    assertThat(door.get("x".repeat(8_000), API + "/runs").status()).isBetween(400, 431);
  }
}
