package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.ArtifactView;
import dev.capstan.api.RunView;
import dev.capstan.cli.command.CapstanCommand;
import dev.capstan.verification.attestation.Envelope;
import dev.capstan.verification.attestation.PublicKeys;
import dev.capstan.verification.attestation.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever has the file, the key and a clone can check what Capstan says it did. */
@ExtendWith(ProductExtension.class)
class EvidenceTest {
  private static final int VERIFIED = 0;
  private static final int WRONG = 1;
  private static final int UNREADABLE = 2;

  private final Product product;
  private final Path folder;

  EvidenceTest(Product product) {
    this.product = product;
    this.folder = product.newFolder("evidence");
  }

  private RunView delivered() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());
    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    return run;
  }

  private Path key() throws IOException {
    return Files.writeString(folder.resolve("capstan.pub"), product.client().key());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "evidence", ".json"), text);
  }

  private int verify(Path file, Path key, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("verify-evidence", file.toString(), "--key", key.toString()));
    arguments.addAll(List.of(options));
    return CapstanCommand.execute(arguments.toArray(String[]::new));
  }

  @Test
  void evidence_of_a_delivered_run_is_verified_offline() throws IOException {
    RunView run = delivered();
    String evidence = product.client().evidence(run.id());

    assertThat(verify(file(evidence), key(), "--repo", product.forge(run).toString()))
        .isEqualTo(VERIFIED);
    assertThat(Files.readString(product.pulls(run).resolve("1.evidence.json"))).isEqualTo(evidence);
    assertThat(Envelope.read(evidence).text())
        .contains(
            "\"gitCommit\":\"" + run.tip() + '"',
            "\"pack\":\"standard\"",
            "echo hello you",
            "\"verdict\":\"PASS\"");
  }

  @Test
  void what_was_changed_cut_or_signed_by_somebody_else_is_refused() throws IOException {
    String evidence = product.client().evidence(delivered().id());
    Envelope envelope = Envelope.read(evidence);
    String changed = envelope.text().replace("\"verdict\":\"PASS\"", "\"verdict\":\"FAIL\"");
    Envelope forged =
        new Envelope(
            envelope.payloadType(),
            Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8)),
            envelope.signatures());
    Path other = folder.resolve("other.pub");
    Signer stranger = new Signer(folder.resolve("stranger"));
    Files.writeString(other, PublicKeys.pem(stranger.publicKey()));

    assertThat(verify(file(forged.write()), key())).isEqualTo(WRONG);
    assertThat(verify(file(evidence), other)).isEqualTo(WRONG);
    assertThat(verify(file(Envelope.sign("{}", stranger).write()), other)).isEqualTo(WRONG);
    assertThat(verify(file(evidence.substring(0, evidence.length() / 2)), key()))
        .isEqualTo(UNREADABLE);
    assertThat(verify(file(evidence), folder.resolve("none.pub"))).isEqualTo(UNREADABLE);
    assertThat(verify(folder.resolve("none.json"), key())).isEqualTo(UNREADABLE);
  }

  @Test
  void a_clone_without_the_commit_does_not_fit() throws IOException {
    String evidence = product.client().evidence(delivered().id());
    Path another = product.repository().path();

    assertThat(verify(file(evidence), key(), "--repo", another.toString())).isEqualTo(WRONG);
  }

  @Test
  void a_file_is_checked_by_its_hash() throws IOException {
    RunView run = delivered();
    String evidence = product.client().evidence(run.id());
    ArtifactView diff =
        product.client().artifacts(run.id()).stream()
            .filter(artifact -> artifact.name().equals("change.diff"))
            .findFirst()
            .orElseThrow();
    Path kept =
        product
            .data()
            .resolve("artifacts")
            .resolve(diff.hash().substring(0, 2))
            .resolve(diff.hash().substring(2));

    assertThat(verify(file(evidence), key(), "--artifact", kept.toString())).isEqualTo(VERIFIED);
    assertThat(verify(file(evidence), key(), "--artifact", key().toString())).isEqualTo(WRONG);
  }

  @Test
  void evidence_of_a_run_that_was_refused_names_what_refused_it() {
    RunView run =
        product.carryOut(
            product.repository(), StepDraft.shell("break", "echo 4 > src/total.txt").step());

    String statement = Envelope.read(product.client().evidence(run.id())).text();

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(statement)
        .contains(
            "\"outcome\":\"Refused\"", "\"category\":\"TEST_FAILED\"", "\"verdict\":\"FAIL\"");
  }
}
