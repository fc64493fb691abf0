package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.RunSummary;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The run a command is about: its id, the end of it, or nothing for the newest one. */
final class RunTarget {
  private static final int LOOKED_AT = 1_000;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      defaultValue = "",
      description = "The run, or the end of its id. Default: the newest.")
  private String run = "";

  String resolve(Client client) {
    List<String> ids = client.runs(LOOKED_AT).stream().map(RunSummary::id).toList();
    if (ids.isEmpty()) {
      throw new ApiFailure(
          ErrorCode.NOT_FOUND, "there are no runs yet; capstan run --help says how to start one");
    }
    if (run.isEmpty()) {
      return ids.getFirst();
    }
    if (ids.contains(run)) {
      return run;
    }
    List<String> matching = ids.stream().filter(id -> id.endsWith(run)).toList();
    return switch (matching.size()) {
      case 0 ->
          throw new ApiFailure(
              ErrorCode.NOT_FOUND, "there is no run \"" + run + "\"; capstan status lists them");
      case 1 -> matching.getFirst();
      default ->
          throw new ApiFailure(
              ErrorCode.INVALID, "\"" + run + "\" may mean " + String.join(" or ", matching));
    };
  }
}
