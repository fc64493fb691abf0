package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JVM of its own that waits for a sandbox until it is killed. */
final class Orphanage {
  private Orphanage() {}

  /** Takes a folder, the installation and the label; prints when the command is up. */
  public static void main(String[] arguments) throws InterruptedException {
    Bubblewrap sandbox = Bubblewrap.find(Path.of(arguments[0]), ControlGroups.NONE, arguments[1]);
    Confinement confinement =
        new Confinement(
            arguments[2],
            List.of("/bin/sh", "-c", "(setsid sleep 1000 &); echo up; sleep 1000"),
            Path.of("/tmp"),
            SystemFolders.programs(),
            Map.of("PATH", "/usr/bin:/bin"),
            Network.NONE,
            Limits.DEFAULT);
    Thread.ofVirtual()
        .start(() -> sandbox.run(confinement, (_, line) -> System.out.println(line)))
        .join();
  }
}
