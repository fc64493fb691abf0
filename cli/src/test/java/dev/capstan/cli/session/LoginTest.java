package dev.capstan.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.server.CapstanServer;
import dev.capstan.server.Claim;
import dev.capstan.server.Settings;
import dev.capstan.testkit.oidc.OidcProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person signs in from the command line, to a real server by an issuer over the wire. */
class LoginTest {
  @Test
  void who_has_signed_in_needs_no_token_until_they_sign_out(@TempDir Path folder) throws Exception {
    try (OidcProvider provider = new OidcProvider()) {
      Settings settings =
          Settings.of(
              Optional.of(folder.resolve("data")),
              Optional.empty(),
              Map.of(
                  "CAPSTAN_OIDC_ISSUER", provider.issuer(), "CAPSTAN_OIDC_GRANTS", "team=reader"));
      if (!(Claim.on(settings) instanceof Claim.Mine mine)) {
        throw new AssertionError("the folder is taken");
      }
      try (CapstanServer server = mine.start()) {
        Path file = folder.resolve("config").resolve("logins.json");
        Logins logins = Logins.of(Map.of("CAPSTAN_LOGINS", file.toString()));
        String url = server.endpoint().url();
        provider.tokensAreGoodFor(30);
        List<String> prompts = new ArrayList<>();

        Session.signIn(
            url,
            Optional.empty(),
            logins,
            prompt -> {
              prompts.add(prompt.address() + ' ' + prompt.code());
              provider.signsIn("ada", List.of("team"));
            });

        assertThat(prompts).containsExactly(provider.issuer() + "/activate WDJB-MJHT");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        try (Session session = Session.remote(url, () -> logins.token(url), "", Optional.empty())) {
          assertThat(session.client().runs(1)).isEmpty();
          assertThatThrownBy(() -> session.client().tokens())
              .isInstanceOf(ApiFailure.class)
              .hasMessageContaining("ada has scope reader");
        }
        int before = provider.refreshes();
        assertThat(before).as("a token that is about to end is renewed").isPositive();

        provider.tokensAreGoodFor(300);
        atOnce(() -> logins.token(url));
        assertThat(provider.refreshes())
            .as("a refresh token that is good once is used once")
            .isEqualTo(before + 1);

        assertThat(logins.forget(url)).isTrue();
        assertThatThrownBy(() -> logins.token(url))
            .hasMessageContaining("capstan login --server " + url);
        assertThat(Files.readString(file)).doesNotContain("refresh-");
      }
    }
  }

  private static void atOnce(Callable<String> ask) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(Collections.nCopies(8, ask))) {
        assertThat(one.get()).isNotEmpty();
      }
    }
  }
}
