package dev.capstan.worker;

import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.ContentHash;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.RunCommand;
import dev.capstan.workspace.git.GitStore.Integrated.Clash;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The lines of an attempt's conflicts with its run's branch, as an artifact of the attempt. */
public final class KeptConflicts {
  /** The artifact's name. */
  public static final String NAME = "conflicts.json";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST = 60;

  private KeptConflicts() {}

  static void keep(Workshop workshop, RunId run, String step, Attempt attempt, List<Clash> clashes)
      throws IOException {
    ContentHash hash = workshop.store().keep(JSON.writeValueAsString(clashes));
    workshop
        .artifacts()
        .add(new Artifact(run, step, attempt.number(), NAME, hash, workshop.store().size(hash)));
  }

  /** What {@link #keep} has kept. */
  public static List<Clash> read(String json) {
    return JSON.readValue(json, new TypeReference<List<Clash>>() {});
  }

  /** In one line: the first line that either side has. */
  static RunCommand.Clash shortened(Clash clash) {
    List<String> lines = clash.lines();
    int between = lines.indexOf("=======");
    return new RunCommand.Clash(
        clash.path(),
        between < 0
            ? ""
            : "the branch has %s, the step %s"
                .formatted(quoted(lines.get(1)), quoted(lines.get(between + 1))));
  }

  /** A mark stands there if the side has no line. */
  private static String quoted(String line) {
    if (line.equals("=======") || line.equals(">>>>>>> the step")) {
      return "nothing";
    }
    String text = line.strip();
    return '"' + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + '"';
  }
}
