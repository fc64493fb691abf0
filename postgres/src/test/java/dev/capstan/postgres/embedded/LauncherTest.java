package dev.capstan.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As whom PostgreSQL runs; as root and as a plain user there is something to check. */
final class LauncherTest {
  private static final int NOBODY = 65534;

  @TempDir Path temporary;

  @Test
  void the_data_stay_the_property_of_the_user_who_starts_it() throws Exception {
    try (DataFolder folder = Folders.own(temporary);
        EmbeddedPostgres postgres = Folders.start(folder)) {
      Path data = Folders.data(temporary);

      assertThat(Folders.query(postgres, "select 1")).isEqualTo("1");
      assertThat(owner(data)).isEqualTo(uid());
      assertThat(owner(data.resolve("PG_VERSION"))).isEqualTo(uid());
    }
  }

  /** As in a container whose system call filter forbids them: here {@code unshare} is not found. */
  @Test
  void root_without_user_namespaces_gives_the_data_to_nobody() throws Exception {
    Path programs = Files.createDirectory(temporary.resolve("bin"));
    Files.createSymbolicLink(programs.resolve("setpriv"), Path.of("/usr/bin/setpriv"));
    Path data = temporary.resolve("data");
    int expected = uid() == 0 ? NOBODY : uid();

    for (int start = 1; start <= 2; start++) { // sets it up, finds it
      try (Child child = Child.withEnvironment(data, Map.of("PATH", programs.toString()))) {
        assertThat(child.says()).startsWith("ready ").endsWith("started");
        assertThat(owner(Folders.data(data).resolve("postmaster.pid"))).isEqualTo(expected);
      }
    }
    assertThat(owner(Folders.data(data))).isEqualTo(expected);
  }

  private static int uid() {
    return (int) new UnixSystem().getUid();
  }

  private static int owner(Path path) throws Exception {
    return (int) Files.getAttribute(path, "unix:uid");
  }
}
