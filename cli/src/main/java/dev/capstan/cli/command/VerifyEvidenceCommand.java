package dev.capstan.cli.command;

import dev.capstan.cli.view.Terminal;
import dev.capstan.core.ContentHash;
import dev.capstan.verification.attestation.Envelope;
import dev.capstan.verification.attestation.PublicKeys;
import dev.capstan.verification.attestation.Signer;
import dev.capstan.verification.attestation.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan verify-evidence}: without a server, a database or a network. */
@Command(
    name = "verify-evidence",
    description = "Check signed evidence offline.",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0   it is signed by that key, and everything that was asked holds",
      "  1   it is not: the output says what is wrong",
      "  2   the file, the key or the repository cannot be read"
    })
final class VerifyEvidenceCommand implements Callable<Integer> {
  private static final int UNREADABLE = 2;
  private static final long LARGEST = 96L << 20;

  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "FILE", description = "What capstan evidence has written.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "PUB",
      description =
          "The public key, as capstan key show prints it. Default: that of this installation.")
  private @Nullable Path key;

  @Option(
      names = "--repo",
      paramLabel = "PATH",
      description = "A clone that must hold the commit, with the same tree.")
  private @Nullable Path repository;

  @Option(
      names = "--artifact",
      paramLabel = "FILE",
      description = "A file that the evidence must name by its SHA-256; may be repeated.")
  private List<Path> artifacts = new ArrayList<>();

  @Override
  public Integer call() {
    Envelope envelope;
    PublicKey trusted;
    try {
      envelope = Envelope.read(text(file));
      trusted = trusted();
    } catch (IOException | IllegalArgumentException unreadable) {
      return unreadable(unreadable);
    }
    if (!envelope.isSignedBy(trusted)) {
      return tell(
          List.of("the signature is not that of the key " + PublicKeys.id(trusted)), List.of());
    }
    if (!envelope.payloadType().equals(Envelope.IN_TOTO)) {
      return tell(
          List.of("the payload is not an in-toto statement but " + envelope.payloadType()),
          List.of());
    }
    return statement(envelope, trusted);
  }

  private int statement(Envelope envelope, PublicKey trusted) {
    List<String> holds = new ArrayList<>(List.of("signed by the key " + PublicKeys.id(trusted)));
    List<String> wrong = new ArrayList<>();
    try {
      Statement statement = Statement.read(envelope.text());
      holds.add("evidence of run " + statement.run() + " about commit " + statement.commit());
      checkArtifacts(statement, holds, wrong);
      if (repository != null) {
        ClonedCommit.check(repository, statement, holds, wrong);
      }
    } catch (IllegalArgumentException malformed) {
      wrong.add("it is no evidence of Capstan's: " + malformed.getMessage());
    } catch (IOException unreadable) {
      return unreadable(unreadable);
    }
    return tell(wrong, holds);
  }

  private void checkArtifacts(Statement statement, List<String> holds, List<String> wrong)
      throws IOException {
    for (Path artifact : artifacts) {
      ContentHash hash = FileHash.of(artifact);
      if (statement.artifacts().contains(hash)) {
        holds.add(artifact + " is named, as " + hash);
      } else {
        wrong.add(artifact + " is not named: its SHA-256 is " + hash);
      }
    }
  }

  private PublicKey trusted() throws IOException {
    Path from = key == null ? common.settings().shared().resolve(Signer.FILE) : key;
    if (!Files.exists(from)) {
      throw new IOException(
          "there is no key at " + from + "; give --key with what capstan key show prints");
    }
    try {
      return PublicKeys.read(text(from));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(from + ": " + wrong.getMessage(), wrong);
    }
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
      throw new IOException(file + " is not a file of at most 96 MiB");
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private int unreadable(Exception failure) {
    String why = String.valueOf(failure.getMessage());
    if (common.json()) {
      common.print(Map.of("verified", false, "wrong", List.of(why), "holds", List.of()));
    } else {
      common.terminal().line(Terminal.visible("capstan: " + why));
    }
    return UNREADABLE;
  }

  private int tell(List<String> wrong, List<String> holds) {
    Terminal terminal = common.terminal();
    if (common.json()) {
      common.print(Map.of("verified", wrong.isEmpty(), "wrong", wrong, "holds", holds));
    } else {
      holds.forEach(line -> terminal.line(terminal.green("✔ ") + Terminal.visible(line)));
      wrong.forEach(line -> terminal.line(terminal.red("✘ ") + Terminal.visible(line)));
    }
    return wrong.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
