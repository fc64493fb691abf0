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
 * @param exitCode what one other than 0 means
 * @param choosing how it is told to run only some tests
 */
public record ToolCommand(
    List<String> argv,
    Map<String, String> environment,
    Duration limit,
    boolean offlineCapable,
    List<String> offlineArguments,
    Output standardOutputTo,
    ExitCode exitCode,
    Choosing choosing) {
  private static final Choosing UNKNOWN =
      new Choosing.Impossible("its command can't be told which tests to run");
  private static final Duration SET_UP_LIMIT = Duration.ofMinutes(15);
  private static final Duration MEASURE_LIMIT = Duration.ofMinutes(30);

  public ToolCommand {
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("A command needs a program");
    }
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    offlineArguments = List.copyOf(offlineArguments);
  }

  /** A command that works offline as it is, and whose exit code tells whether it built. */
  static ToolCommand build(List<String> argv, Map<String, String> environment) {
    return command(argv, environment, ExitCode.TELLS_BUILD, new Choosing.NoTests());
  }

  /** A command that works offline as it is and exits as its tests please. */
  static ToolCommand tests(List<String> argv, Map<String, String> environment) {
    return command(argv, environment, ExitCode.TELLS_NOTHING, UNKNOWN);
  }

  private static ToolCommand command(
      List<String> argv, Map<String, String> environment, ExitCode exitCode, Choosing choosing) {
    return new ToolCommand(
        argv, environment, MEASURE_LIMIT, true, List.of(), new Output.Logged(), exitCode, choosing);
  }

  /** A command that needs the network. */
  static ToolCommand online(List<String> argv, Map<String, String> environment) {
    return new ToolCommand(
        argv,
        environment,
        SET_UP_LIMIT,
        false,
        List.of(),
        new Output.Logged(),
        ExitCode.TELLS_BUILD,
        new Choosing.NoTests());
  }

  ToolCommand withOfflineArguments(String... arguments) {
    return new ToolCommand(
        argv, environment, limit, true, List.of(arguments), standardOutputTo, exitCode, choosing);
  }

  ToolCommand withOutput(Output output) {
    return new ToolCommand(
        argv, environment, limit, offlineCapable, offlineArguments, output, exitCode, choosing);
  }

  ToolCommand chosenBy(Choosing way) {
    return new ToolCommand(
        argv,
        environment,
        limit,
        offlineCapable,
        offlineArguments,
        standardOutputTo,
        exitCode,
        way);
  }

  /** The same with arguments that hold whatever it needs without a network. */
  ToolCommand choosing(List<String> chosen) {
    return new ToolCommand(
        chosen, environment, limit, true, List.of(), standardOutputTo, exitCode, choosing);
  }
}
