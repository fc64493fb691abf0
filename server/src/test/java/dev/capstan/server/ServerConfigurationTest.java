package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.adapters.neo4j.Neo4jSettings;
import dev.capstan.adapters.vectors.VectorSettings;
import dev.capstan.adapters.vectors.VectorSettings.Kind;
import dev.capstan.server.s3.BucketSettings;
import dev.capstan.server.s3.BucketSettings.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigurationTest {
  @TempDir Path folder;

  @Test
  void every_mistake_of_a_file_is_named_with_its_line_and_what_is_allowed() throws IOException {
    Path file =
        write(
            """
            data: /somewhere
            listen: nowhere
            tls: yes please
            limits:
              bodyKb: many
              speed: 3
            sandbox:
              network: none
            drainSeconds: 99999
            colour: red
            """);

    refused(file, Map.of())
        .hasMessageContaining(file + ", line 2: listen must be HOST:PORT")
        .hasMessageContaining(file + ", line 3: tls must be a map; it may hold certificate, key")
        .hasMessageContaining(
            file
                + ", line 5: limits.bodyKb must be a whole number of KiB from 1 to 1000000, but was \"many\"")
        .hasMessageContaining(
            file
                + ", line 6: limits.speed is unknown; known are bodyKb, uploadMb, headerKb, requestsPerMinute,"
                + " failedSignInsPerMinute")
        .hasMessageContaining(
            file + ", line 8: sandbox.network must be one of filtered, direct, but was \"none\"")
        .hasMessageContaining(file + ", line 9: drainSeconds must be a whole number of seconds")
        .hasMessageContaining(
            file + ", line 10: colour is unknown; known are data, shared, database, listen");
  }

  @Test
  void what_is_no_yaml_is_told_with_its_line() throws IOException {
    refused(write("data: /x\n  listen: [\n"), Map.of()).hasMessageContaining("line 2");
    refused(write("data: /x\ndata: /y\n"), Map.of()).hasMessageContaining("data");
    refused(write("- data\n"), Map.of()).hasMessageContaining("must be a map");
    refused(folder.resolve("none.yaml"), Map.of()).hasMessageContaining("none.yaml");
  }

  @Test
  void a_variable_goes_before_the_file_and_the_command_line_before_both() throws IOException {
    Path file = write("data: /of-file\nlisten: 127.0.0.1:1001\ndrainSeconds: 1\n");

    Configuration read =
        Configuration.of(
            Optional.of(file),
            Map.of("CAPSTAN_LISTEN", "127.0.0.1:1002", "CAPSTAN_DRAIN_SECONDS", "2"),
            Map.of("CAPSTAN_LISTEN", "127.0.0.1:1003"));

    assertThat(read.settings().data()).isEqualTo(Path.of("/of-file"));
    assertThat(read.drain()).isEqualTo(Duration.ofSeconds(2));
    assertThat(read.listening().port()).isEqualTo(1003);
  }

  @Test
  void a_mistake_in_a_variable_is_named_with_the_variable() throws IOException {
    refused(write("listen: 127.0.0.1:1001\n"), Map.of("CAPSTAN_LISTEN", "here"))
        .hasMessageContaining("CAPSTAN_LISTEN (listen) must be HOST:PORT")
        .hasMessageNotContaining("line 1");
  }

  @Test
  void a_server_that_others_reach_needs_tls_or_an_explicit_word() throws IOException {
    for (String address : new String[] {"0.0.0.0:8080", "[::]:8080", "192.0.2.1:80"}) {
      refused(write("listen: '" + address + "'\n"), Map.of())
          .hasMessageContaining(address)
          .hasMessageContaining("allowPlaintext: true");
      Configuration allowed =
          read(write("listen: '" + address + "'\nallowPlaintext: true\n"), Map.of());
      assertThat(allowed.listening().isLoopback()).isFalse();
    }
    assertThat(read(write("listen: 127.0.0.1:0\n"), Map.of()).listening().isLoopback()).isTrue();
    assertThat(read(write("listen: '[::1]:0'\n"), Map.of()).listening().isLoopback()).isTrue();
  }

  @Test
  void tls_needs_both_files_and_they_must_be_there() throws IOException {
    Path pem = Files.writeString(folder.resolve("some.pem"), "PEM");

    refused(write("tls: {certificate: " + pem + "}\n"), Map.of())
        .hasMessageContaining("tls.key is missing");
    refused(write("tls: {certificate: /none.pem, key: " + pem + "}\n"), Map.of())
        .hasMessageContaining("tls.certificate must be a PEM file that can be read");
    assertThat(
            read(
                    write("listen: 0.0.0.0:1\ntls: {certificate: " + pem + ", key: " + pem + "}\n"),
                    Map.of())
                .listening()
                .tls())
        .contains(new Listening.Tls(pem, pem));
  }

  @Test
  void a_store_of_vectors_outside_is_named_with_a_place_that_fits() throws IOException {
    Path file =
        write("vectors: {store: chroma, url: 'http://chroma:8000', token: key, prefix: one}\n");
    assertThat(Configuration.of(Optional.of(file), Map.of(), Map.of()).settings().vectors())
        .contains(new VectorSettings(Kind.CHROMA, "http://chroma:8000", "key", "one"));
    refused(write("vectors: {store: chroma}\n"), Map.of())
        .hasMessageContaining("CAPSTAN_VECTORS_URL (vectors.url): chroma is reached by http://");
    refused(write("vectors: {store: pgvector, url: 'http://here:1'}\n"), Map.of())
        .hasMessageContaining("pgvector is reached by postgresql://");
    refused(write("vectors: {store: milvus, url: 'ftp://me:word@here', prefix: A-b}\n"), Map.of())
        .hasMessageContaining("vectors.store must be one of embedded, chroma, qdrant, pgvector")
        .hasMessageContaining("vectors.url must be http://HOST:PORT")
        .hasMessageContaining("vectors.prefix must be at most 31 of a-z")
        .hasMessageNotContaining("word@");
  }

  @Test
  void a_store_of_graphs_outside_needs_a_place_and_shows_no_password() throws IOException {
    Path file = write("graph: {store: neo4j, url: 'bolt://here:7687', password: a-secret}\n");
    assertThat(Configuration.of(Optional.of(file), Map.of(), Map.of()).settings().graph())
        .contains(new Neo4jSettings("bolt://here:7687", "neo4j", "a-secret"));
    refused(write("graph: {store: neo4j}\n"), Map.of()).hasMessageContaining("graph.url");
    refused(write("graph: {store: neo4j, url: 'http://here', password: 'my word'}\n"), Map.of())
        .hasMessageContaining("graph.url must be a URL such as bolt://")
        .hasMessageContaining("graph.password must be one word")
        .hasMessageNotContaining("my word");
  }

  @Test
  void a_secret_of_webhooks_that_is_too_short_is_refused_and_not_shown() throws IOException {
    Path file = write("webhooks:\n  githubSecret: tooshort\n  gitlabSecret: whsec_tooshort\n");
    refused(file, Map.of())
        .hasMessageContaining("line 2: webhooks.githubSecret must be a secret of at least 16")
        .hasMessageContaining("line 3: webhooks.gitlabSecret must be a secret of at least 16")
        .hasMessageNotContaining("tooshort");
    assertThatThrownBy(() ->
            Settings.of(
                Optional.of(folder),
                Optional.empty(),
                Map.of("CAPSTAN_WEBHOOK_SECRET_GITHUB", "tooshort")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageNotContaining("tooshort");
  }

  @Test
  void secrets_of_organisations_are_refused_with_what_is_wrong_and_not_shown() throws IOException {
    for (String secret : List.of("shop/github=tooshort", "shop/gitlab=whsec_tooshort")) {
      refused(write("webhooks:\n  organisations: ['" + secret + "']\n"), Map.of())
          .hasMessageContaining("line 2: webhooks.organisations shop/git")
          .hasMessageContaining("must be a secret of at least 16")
          .hasMessageNotContaining("tooshort");
    }
    refused(write("webhooks: {organisations: [a-long-secret-of-nobody]}\n"), Map.of())
        .hasMessageContaining("must be ORGANISATION/github=SECRET")
        .hasMessageNotContaining("a-long-secret");
    assertThat(
            read(
                    write("webhooks: {organisations: [shop/github=a-long-secret-of-shop]}\n"),
                    Map.of())
                .settings()
                .webhookSecrets())
        .hasToString("webhooks of [] [shop/github]");
  }

  @Test
  void where_the_audit_is_copied_to_and_what_workers_may_have_is_checked() throws IOException {
    refused(
            write(
                """
                auditExport: {to: /tmp, endpoint: nowhere, encryption: rot13}
                workers: {sessions: 0, messageKb: 99999}
                """),
            Map.of())
        .hasMessageContaining("auditExport.to must be s3://BUCKET")
        .hasMessageContaining("auditExport.endpoint must be https://HOST")
        .hasMessageContaining("auditExport.encryption must be one of AES256, aws:kms, none")
        .hasMessageContaining("workers.sessions must be a whole number of sessions from 1")
        .hasMessageContaining("workers.messageKb must be a whole number of KiB");
    Configuration read =
        read(
            write(
                """
                auditExport: {to: 's3://audit/by/capstan/', encryption: 'aws:kms', kmsKey: alias/audit, retentionDays: 90}
                workers: {sessions: 7}
                """),
            Map.of("AWS_REGION", "eu-west-1"));
    assertThat(read.settings().auditExport())
        .contains(
            new BucketSettings(
                "audit",
                "by/capstan/",
                Optional.empty(),
                "eu-west-1",
                new Encryption.Managed("alias/audit"),
                90));
    assertThat(read.limits().workers().sessions()).isEqualTo(7);
  }

  private AbstractThrowableAssert<?, ?> refused(Path file, Map<String, String> environment) {
    return assertThatThrownBy(() -> read(file, environment)).isInstanceOf(InvalidSetting.class);
  }

  private static Configuration read(Path file, Map<String, String> environment) {
    return Configuration.of(Optional.of(file), environment, Map.of());
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("capstan.yaml"), yaml);
  }
}
