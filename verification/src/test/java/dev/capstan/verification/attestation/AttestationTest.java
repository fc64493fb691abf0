package dev.capstan.verification.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a signed statement can be changed, exchanged or left out unseen. */
final class AttestationTest {
  private static final CommitId COMMIT = new CommitId("c0ffee".repeat(6) + "0000");
  private static final ContentHash HASH = new ContentHash("ab".repeat(32));

  @TempDir private Path data;

  private Signer signer() {
    return new Signer(data);
  }

  private static String statement() {
    return Statement.write(
        "shop",
        COMMIT,
        Map.of(
            "capstan", Map.of(),
            "run", Map.of("id", "run-1", "tree", "d".repeat(40)),
            "base", Map.of(),
            "policy", Map.of(),
            "plan", List.of(),
            "steps", List.of(),
            "approvals", List.of(),
            "artifacts", List.of(Map.of("sha256", HASH.value()))));
  }

  @Test
  void what_was_signed_is_verified_and_read_back() {
    Envelope envelope = Envelope.read(Envelope.sign(statement(), signer()).write());
    assertThat(envelope.isSignedBy(signer().publicKey())).isTrue();
    Statement read = Statement.read(envelope.text());
    assertThat(read.commit()).isEqualTo(COMMIT);
    assertThat(read.artifacts()).containsExactly(HASH);
  }

  @Test
  void the_key_is_made_once_and_only_its_owner_may_read_it() throws IOException {
    String first = PublicKeys.id(signer().publicKey());
    assertThat(PublicKeys.id(signer().publicKey())).isEqualTo(first).hasSize(64);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(Signer.FILE))))
        .isEqualTo("rw-------");
  }

  @Test
  void what_a_kill_left_of_a_key_is_no_key() throws IOException {
    Files.createDirectories(data.resolve("keys"));
    Files.writeString(data.resolve("keys/evidence.pem.part"), "-----BEGIN PRIV");
    assertThat(PublicKeys.id(signer().publicKey())).hasSize(64);
    assertThat(data.resolve("keys/evidence.pem.part")).doesNotExist();
  }

  @Test
  void a_damaged_key_is_not_replaced_by_another() throws IOException {
    String whole = PublicKeys.id(signer().publicKey());
    Path file = data.resolve(Signer.FILE);
    Files.writeString(file, Files.readString(file).substring(0, 60));
    assertThatThrownBy(() -> signer().publicKey())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restore it from a backup");
    assertThat(whole).isNotEmpty();
  }

  @Test
  void a_changed_payload_is_seen() {
    Envelope envelope = Envelope.sign(statement(), signer());
    String changed = envelope.text().replace("shop", "shoq");
    Envelope forged =
        new Envelope(
            envelope.payloadType(),
            Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8)),
            envelope.signatures());
    assertThat(forged.isSignedBy(signer().publicKey())).isFalse();
  }

  @Test
  void every_changed_byte_of_the_payload_is_seen() {
    Envelope envelope = Envelope.sign(statement(), signer());
    byte[] bytes = Base64.getDecoder().decode(envelope.payload());
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
      Envelope forged =
          new Envelope(
              envelope.payloadType(),
              Base64.getEncoder().encodeToString(bytes),
              envelope.signatures());
      assertThat(forged.isSignedBy(signer().publicKey())).as("byte %d", i).isFalse();
      bytes[i] ^= 1;
    }
  }

  @Test
  void a_payload_that_is_passed_off_as_another_type_is_seen() {
    Envelope envelope = Envelope.sign(statement(), signer());
    Envelope foreign = new Envelope("text/plain", envelope.payload(), envelope.signatures());
    assertThat(foreign.isSignedBy(signer().publicKey())).isFalse();
  }

  @Test
  void the_key_of_another_installation_does_not_fit() throws IOException {
    Envelope envelope = Envelope.sign(statement(), signer());
    Signer other = new Signer(Files.createTempDirectory(data, "other"));
    assertThat(envelope.isSignedBy(other.publicKey())).isFalse();
  }

  @Test
  void an_envelope_without_a_signature_proves_nothing() {
    Envelope envelope = Envelope.sign(statement(), signer());
    assertThat(
            new Envelope(envelope.payloadType(), envelope.payload(), List.of())
                .isSignedBy(signer().publicKey()))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"payloadType\":\"x\"}",
        "{\"payloadType\": \"x\", \"payload"
      })
  void what_is_no_envelope_is_refused(String text) {
    assertThatThrownBy(() -> Envelope.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_envelope_that_was_cut_is_refused_wherever_it_was_cut() {
    String whole = Envelope.sign(statement(), signer()).write().strip();
    for (int end = 0; end < whole.length(); end += 17) {
      String cut = whole.substring(0, end);
      assertThatThrownBy(() -> Envelope.read(cut)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "7", "{\"_type\":\"https://in-toto.io/Statement/v1\"}"})
  void what_is_no_statement_of_ours_is_refused(String text) {
    assertThatThrownBy(() -> Statement.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_public_key_survives_its_text_form() {
    assertThat(PublicKeys.read(PublicKeys.pem(signer().publicKey())))
        .isEqualTo(signer().publicKey());
  }

  @Test
  void servers_that_share_a_folder_sign_with_one_key() throws Exception {
    Path shared = Files.createTempDirectory(data, "shared");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<PublicKey>> makers =
          Collections.nCopies(8, () -> new Signer(shared).publicKey());
      Set<PublicKey> keys = new HashSet<>();
      for (Future<PublicKey> made : threads.invokeAll(makers)) {
        keys.add(made.get());
      }
      assertThat(keys).containsExactly(new Signer(shared).publicKey());
    }
    assertThat(shared.resolve("keys")).isDirectoryNotContaining("glob:**.part");
  }
}
