package dev.capstan.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What this machine needs to have before anything can be fenced. */
final class Requirements {
  private static final Limits PROBE = Limits.DEFAULT.withTime(Duration.ofSeconds(20));

  private Requirements() {}

  static void requireLinux(String system) {
    if (!system.equals("Linux")) {
      throw new SandboxUnavailable(
          "bubblewrap fences on Linux only, and this is "
              + system
              + "; choose the container sandbox (install Podman)");
    }
  }

  static Path requireBubblewrap(Programs programs) {
    return programs
        .find("bwrap")
        .orElseThrow(() ->
            new SandboxUnavailable(
                "bubblewrap is not installed: apt-get install bubblewrap"
                    + " (or dnf, pacman, apk); no bwrap in "
                    + programs.folders()));
  }

  /** Runs nothing, in a full fence: an old bubblewrap, or a host without namespaces, shows here. */
  static void requireWorking(Sandbox sandbox) {
    List<String> printed = new ArrayList<>();
    Outcome outcome = sandbox.run(probe(), (_, line) -> printed.add(line));
    if (!(outcome instanceof Outcome.Exited(int code, Duration _)) || code != 0) {
      throw new SandboxUnavailable(
          "bubblewrap is installed but cannot fence here ("
              + String.join(" ", printed)
              + "). It must be 0.8 or newer, and user namespaces must be allowed:"
              + " sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone,"
              + " kernel.apparmor_restrict_unprivileged_userns, or the seccomp profile of the"
              + " container this runs in");
    }
  }

  private static Confinement probe() {
    return new Confinement(
        "probe",
        List.of("/usr/bin/env", "true"),
        Path.of("/tmp"),
        SystemFolders.programs(),
        Map.of("PATH", "/usr/bin:/bin"),
        Network.NONE,
        PROBE);
  }
}
