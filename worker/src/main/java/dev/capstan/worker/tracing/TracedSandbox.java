package dev.capstan.worker.tracing;

import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Sandbox;
import java.nio.file.Path;

/** Each program in it is a part of its task's trace. */
public record TracedSandbox(Sandbox sandbox) implements Sandbox {
  @Override
  public Outcome run(Confinement confinement, OutputListener output) {
    try (TracePart part = TracePart.begin("sandbox")) {
      part.with("process.executable.name", program(confinement));
      Outcome outcome = sandbox.run(confinement, output);
      part.with("capstan.outcome", outcome.getClass().getSimpleName());
      if (outcome instanceof Outcome.Exited(int code, _)) {
        part.with("process.exit.code", String.valueOf(code));
      }
      return outcome;
    }
  }

  /** Its arguments may hold anything, and are not sent. */
  private static String program(Confinement confinement) {
    Path name = Path.of(confinement.argv().getFirst()).getFileName();
    return name == null ? "/" : name.toString();
  }
}
