package dev.capstan.postgres.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom the programs of PostgreSQL run.
 *
 * <p>They refuse to run as root, since a server that strangers talk to should not have its power. A
 * plain user runs them directly. Root, the usual user of a container, has two ways that need no
 * other account to be made:
 *
 * <ul>
 *   <li>a user namespace in which root is mapped to nobody ({@code unshare --user}). The program
 *       sees a harmless user id and has lost root's capabilities, yet to the kernel its files are
 *       still root's, so the folder's owner does not change;
 *   <li>where namespaces are forbidden, as in a container with the usual system call filter, the
 *       user nobody ({@code setpriv}), who gets the data folder and keeps one capability, to pass
 *       through root's private folders above it.
 * </ul>
 *
 * <p>A plain user without a name, as a container may have, needs the namespace too, but only for
 * initdb, which wants the user's name. An existing folder is served as the user it belongs to.
 *
 * @param prefix the command that the program's own is appended to; empty for a direct start
 * @param uid the owner of the data folder
 */
record Launcher(List<String> prefix, int uid) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;

  /** Long, since a busy machine must not look like one that forbids namespaces. */
  private static final Duration PROBE = Duration.ofMinutes(1);

  Launcher {
    prefix = List.copyOf(prefix);
  }

  /** For a data folder that is yet to be made. */
  static Launcher forNew(PostgresBinaries binaries) {
    if (ownUid() != ROOT) {
      return new Launcher(nameless() ? inNamespace().prefix() : List.of(), ownUid());
    }
    return Stream.of(inNamespace(), as(NOBODY))
        .filter(launcher -> launcher.works(binaries))
        .findFirst()
        .orElseThrow(() ->
            new EmbeddedPostgresFailed(
                "PostgreSQL refuses to run as root, and neither 'unshare --user' nor 'setpriv'"
                    + " works here to give up root's power. Run Capstan as another user, or"
                    + " use a PostgreSQL of your own with --database-url."));
  }

  static Launcher forExisting(Path data) throws IOException {
    int owner = (int) Files.getAttribute(data, "unix:uid");
    if (ownUid() != ROOT) {
      return new Launcher(List.of(), ownUid());
    }
    return owner == ROOT ? inNamespace() : as(owner);
  }

  /** Hands a new, empty folder to the user that the programs run as. */
  void own(Path folder) throws IOException {
    if (uid != ownUid()) {
      UserPrincipal user =
          folder
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(String.valueOf(uid));
      Files.setOwner(folder, user);
    }
  }

  List<String> command(List<String> program) {
    return Stream.concat(prefix.stream(), program.stream()).toList();
  }

  static Launcher inNamespace() {
    return new Launcher(List.of("unshare", "--user", "--"), ROOT);
  }

  static Launcher as(int uid) {
    return new Launcher(
        List.of(
            "setpriv",
            "--reuid=" + uid,
            "--regid=" + uid,
            "--clear-groups",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override",
            "--"),
        uid);
  }

  private boolean works(PostgresBinaries binaries) {
    try {
      String postgres = binaries.program("postgres").toString();
      return Program.run(command(List.of(postgres, "--version")), PROBE).isSuccess();
    } catch (IOException _) {
      return false; // the wrapping program is not installed
    }
  }

  private static boolean nameless() {
    return System.getProperty("user.name", "?").equals("?");
  }

  private static int ownUid() {
    return (int) new UnixSystem().getUid();
  }
}
