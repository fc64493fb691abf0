package dev.capstan.workspace.toolchain;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One program to start in the work tree, never through a shell of ours.
 *
 * @param argv the program, by name on the PATH, and its arguments
 * @param environment set on top of what is passed through
 * @param limit wall clock
 * @param offlineCapable whether it can do its work without a network once the caches are filled
 * @param offlineArguments appended when there is no network
 * @param standardOutputTo where the standard output goes
 */
public record ToolCommand(
    List<String> argv,
    Map<String, String> environment,
    Duration limit,
    boolean offlineCapable,
    List<String> offlineArguments,
    Output standardOutputTo) {
  public ToolCommand {
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("A command needs a program");
    }
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    offlineArguments = List.copyOf(offlineArguments);
  }

  /** A command that works offline as it is and writes to the log. */
  static ToolCommand offline(List<String> argv, Map<String, String> environment, Duration limit) {
    return new ToolCommand(argv, environment, limit, true, List.of(), new Output.Logged());
  }

  /** A command that needs the network. */
  static ToolCommand online(List<String> argv, Map<String, String> environment, Duration limit) {
    return new ToolCommand(argv, environment, limit, false, List.of(), new Output.Logged());
  }

  ToolCommand withOfflineArguments(String... arguments) {
    return new ToolCommand(argv, environment, limit, true, List.of(arguments), standardOutputTo);
  }

  ToolCommand keepingOutputIn(String file) {
    return new ToolCommand(
        argv, environment, limit, offlineCapable, offlineArguments, new Output.Kept(file));
  }
}
