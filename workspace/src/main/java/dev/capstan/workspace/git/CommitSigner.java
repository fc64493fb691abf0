package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import dev.capstan.workspace.git.Git.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes commits that are signed, or none at all. A key that is locked is not waited for. */
final class CommitSigner {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Signing signing;

  CommitSigner(Signing signing) {
    this.signing = signing;
  }

  boolean signs() {
    return !(signing instanceof Signing.None);
  }

  /** A commit whose author and committer are set in git's environment; {@code message} in bytes. */
  CommitId commit(Git persons, String tree, List<CommitId> parents, String message) {
    List<String> arguments = arguments(tree, parents);
    if (!signs()) {
      return new CommitId(persons.run(message, arguments.toArray(String[]::new)).text().strip());
    }
    arguments.add("-S");
    Outcome outcome =
        withKey(persons)
            .within(LIMIT)
            .attempt(message, Git.UNLIMITED, arguments.toArray(String[]::new));
    if (outcome.exit() != 0) {
      throw GitFailure.lasting(
          "no commit can be signed with "
              + signing.inWords()
              + "; is it there, unlocked (an agent may hold it), and is its program installed?"
              + " Git says: "
              + outcome.errors());
    }
    return new CommitId(outcome.text().strip());
  }

  static CommitId unsigned(Git persons, String tree, List<CommitId> parents, String message) {
    return new CommitSigner(new Signing.None()).commit(persons, tree, parents, message);
  }

  private static List<String> arguments(String tree, List<CommitId> parents) {
    List<String> arguments = new ArrayList<>(List.of("commit-tree", tree, "-F", "-"));
    parents.forEach(parent -> arguments.addAll(List.of("-p", parent.value())));
    return arguments;
  }

  private Git withKey(Git git) {
    return switch (signing) {
      case Signing.None _ -> git;
      case Signing.Ssh(var key) -> unattended(configured(git, "ssh", key.toString()));
      case Signing.Gpg(var key, var home) ->
          unattended(configured(git, "openpgp", key)).with("GNUPGHOME", home);
    };
  }

  private static Git configured(Git git, String format, String key) {
    return git.with("GIT_CONFIG_COUNT", "2")
        .with("GIT_CONFIG_KEY_0", "gpg.format")
        .with("GIT_CONFIG_VALUE_0", format)
        .with("GIT_CONFIG_KEY_1", "user.signingKey")
        .with("GIT_CONFIG_VALUE_1", key);
  }

  /** Nobody is asked for a passphrase: not on a terminal, not in a window. */
  private static Git unattended(Git git) {
    return git.with("SSH_ASKPASS", "false")
        .with("SSH_ASKPASS_REQUIRE", "force")
        .with("GPG_TTY", "")
        .with("DISPLAY", "")
        .with("WAYLAND_DISPLAY", "");
  }
}
