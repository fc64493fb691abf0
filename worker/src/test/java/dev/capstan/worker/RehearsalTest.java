package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.run.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
  private static final Failure BROKEN = Failure.recoverable("openrewrite: A.java does not compile");
  private static final Failure MISSING = Failure.recoverable("openrewrite: junit is not there");

  @Test
  void what_both_tries_say_is_said_once() {
    assertThat(Rehearsal.told(BROKEN, Optional.of(BROKEN))).isEqualTo(BROKEN);
    assertThat(Rehearsal.told(BROKEN, Optional.empty())).isEqualTo(BROKEN);
  }

  @Test
  void a_failure_without_the_network_is_told_after_the_one_with_it() {
    assertThat(Rehearsal.told(MISSING, Optional.of(BROKEN)).message())
        .isEqualTo(BROKEN.message() + "; and without the network: " + MISSING.message());
  }
}
