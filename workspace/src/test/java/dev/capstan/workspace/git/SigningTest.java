package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore.Captured;
import dev.capstan.workspace.git.GitStore.CommitText;
import dev.capstan.workspace.git.GitStore.Integrated;
import dev.capstan.workspace.git.GitStore.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {
  private static final ProjectId PROJECT = new ProjectId("shop");

  @TempDir Path folder;

  @Test
  void what_is_captured_and_integrated_bears_a_signature_that_ssh_verifies() throws Exception {
    Path key = sshKey("");
    GitFolders git = mirrored(ssh(key));
    CommitId base = git.resolve(PROJECT, "").commit();
    CommitId first = step(git, base, "first.txt");
    CommitId second = step(git, base, "second.txt");

    CommitId tip = ((Integrated.Onto) git.integrate(PROJECT, first, second)).tip();

    Path allowed = folder.resolve("allowed");
    Files.writeString(allowed, "capstan@localhost " + Files.readString(folder.resolve("key.pub")));
    for (CommitId commit : List.of(first, tip)) {
      assertThat(
              inMirror(
                  "-c",
                  "gpg.ssh.allowedSignersFile=" + allowed,
                  "verify-commit",
                  "-v",
                  commit + ""))
          .contains("Good \"git\" signature for capstan@localhost");
    }
    assertThat(git.log(PROJECT, base, tip))
        .extracting(Logged::commit, Logged::signed)
        .containsExactly(tuple(first, true), tuple(tip, true));
    assertThat(((Integrated.Onto) git.integrate(PROJECT, first, second)).tip())
        .as("an Ed25519 signature has no time in it")
        .isEqualTo(tip);
  }

  @Test
  void gpg_signs_too_and_verifies() throws Exception {
    assumeTrue(onPath("gpg"), "gpg is not installed");
    Path home = gpgHome();
    try {
      gpg(home, "--quick-generate-key", "Capstan <capstan@localhost>", "ed25519", "sign", "never");
      GitFolders git =
          mirrored(Signing.parse("gpg:capstan@localhost", Map.of("GNUPGHOME", home + "")));
      git.trySigning();
      CommitId base = git.resolve(PROJECT, "").commit();
      CommitId commit = step(git, base, "first.txt");

      List<String> verify =
          List.of("env", "GNUPGHOME=" + home, "git", "verify-commit", "-v", commit + "");
      assertThat(SourceRepository.program(folder.resolve("root/mirrors/shop.git"), verify))
          .contains("Good signature from \"Capstan <capstan@localhost>\"");
    } finally {
      SourceRepository.program(
          folder, List.of("gpgconf", "--homedir", home.toString(), "--kill", "all"));
      SourceRepository.program(folder, List.of("rm", "-rf", home.toString()));
    }
  }

  @Test
  void a_key_that_gpg_does_not_have_is_told_at_once() throws Exception {
    assumeTrue(onPath("gpg"), "gpg is not installed");
    Path home = gpgHome();
    try (GitFolders git =
        new GitFolders(
            folder.resolve("root"),
            Signing.parse("gpg:nobody@localhost", Map.of("GNUPGHOME", home + "")))) {
      assertThatThrownBy(git::trySigning)
          .isInstanceOf(GitFailure.class)
          .hasMessageContaining("no commit can be signed with the GPG key nobody@localhost");
    } finally {
      SourceRepository.program(
          folder, List.of("gpgconf", "--homedir", home.toString(), "--kill", "all"));
      SourceRepository.program(folder, List.of("rm", "-rf", home.toString()));
    }
  }

  @Test
  void a_locked_key_is_told_at_once_and_makes_no_commit() throws Exception {
    Path key = sshKey("a passphrase");
    GitFolders git = mirrored(ssh(key));
    CommitId base = git.resolve(PROJECT, "").commit();

    assertThatThrownBy(git::trySigning)
        .isInstanceOf(GitFailure.class)
        .hasMessageContaining("no commit can be signed with the SSH key " + key);
    assertThatThrownBy(() -> step(git, base, "first.txt")).isInstanceOf(GitFailure.class);
    assertThat(inMirror("for-each-ref", "refs/capstan/attempts")).isEmpty();
  }

  @Test
  void a_key_that_goes_away_makes_no_commit_but_work_is_still_rescued() throws Exception {
    Path key = sshKey("");
    GitFolders git = mirrored(ssh(key));
    CommitId base = git.resolve(PROJECT, "").commit();
    git.trySigning();
    Files.delete(key);
    Files.delete(folder.resolve("key.pub"));

    assertThatThrownBy(() -> step(git, base, "first.txt")).isInstanceOf(GitFailure.class);
    Path work = folder.resolve("root/work/first.txt");
    assertThat(git.rescue(PROJECT, work, base, "refs/capstan/rescue/first", Instant.EPOCH))
        .isPresent();
    assertThat(
            git.log(
                PROJECT, base, new CommitId(inMirror("rev-parse", "refs/capstan/rescue/first"))))
        .extracting(Logged::signed)
        .containsExactly(false);
  }

  @Test
  void what_nobody_can_sign_with_is_refused_with_a_word() {
    assertThatThrownBy(() -> Signing.parse("ssh:" + folder.resolve("none"), Map.of()))
        .hasMessageContaining("there is no key that can be read");
    assertThatThrownBy(() -> Signing.parse("ssh:relative/key", Map.of()))
        .hasMessageContaining("the whole path");
    assertThatThrownBy(() -> Signing.parse("gpg:--output=x", Map.of()))
        .hasMessageContaining("ssh:/path/to/key or gpg:KEYID");
    assertThatThrownBy(() -> Signing.parse("yes", Map.of()))
        .hasMessageContaining("ssh:/path/to/key or gpg:KEYID");
    assertThat(Signing.parse(" ", Map.of())).isEqualTo(new Signing.None());
  }

  private Path sshKey(String passphrase) {
    Path key = folder.resolve("key");
    SourceRepository.program(
        folder,
        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "", "-f", key + ""));
    return key;
  }

  private static Signing ssh(Path key) {
    return Signing.parse("ssh:" + key, Map.of());
  }

  /** Its sockets must have short paths. */
  private static Path gpgHome() throws IOException {
    return Files.createTempDirectory(
        Path.of("/tmp"),
        "g",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private void gpg(Path home, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("gpg", "--batch", "--homedir", home.toString(), "--passphrase", ""));
    command.addAll(List.of(arguments));
    SourceRepository.program(folder, command);
  }

  private static boolean onPath(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private GitFolders mirrored(Signing signing) throws InterruptedException {
    SourceRepository source = SourceRepository.small(folder.resolve("source"));
    GitFolders git = new GitFolders(folder.resolve("root"), signing);
    git.mirror(PROJECT, source.folder().toString());
    return git;
  }

  private CommitId step(GitFolders git, CommitId base, String file) {
    Path work = folder.resolve("root/work").resolve(file);
    git.checkOut(PROJECT, base, work);
    SourceRepository.writeBelow(work, file, "new\n");
    CommitText text = new CommitText(file + "\n\nwhy\n", Instant.ofEpochSecond(1_700_000_000));
    return ((Captured.Changed)
            git.capture(PROJECT, work, base, text, "refs/capstan/attempts/" + file))
        .commit();
  }

  private String inMirror(String... arguments) {
    return SourceRepository.run(folder.resolve("root/mirrors/shop.git"), arguments);
  }
}
