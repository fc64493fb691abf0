package dev.capstan.workspace.toolchain;

import dev.capstan.workspace.toolchain.ConfigFile.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One command of the configuration: a list of words, or a map with {@code run} and more. */
final class ConfiguredCommand {
  private static final Pattern OUTPUT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}");
  private static final Choosing CONFIGURED =
      new Choosing.Impossible(
          "the command of " + ConfiguredToolchain.FILE + " can't be told which tests to run");
  private static final int LONGEST_MINUTES = 24 * 60;

  private ConfiguredCommand() {}

  static ToolCommand read(Entry entry, boolean setUp) throws Unusable {
    if (entry.isList()) {
      return plain(entry, Map.of(), setUp);
    }
    entry.withKeys(
        "run",
        "environment",
        "limit_minutes",
        "offline",
        "offline_arguments",
        "output",
        "exit_tells_build");
    Entry variables = entry.at("environment");
    ToolCommand plain =
        plain(entry.at("run"), variables.given() ? variables.textsByName() : Map.of(), setUp);
    Entry arguments = entry.at("offline_arguments");
    return new ToolCommand(
        plain.argv(),
        plain.environment(),
        limit(entry.at("limit_minutes"), plain.limit()),
        flag(entry.at("offline"), plain.offlineCapable()),
        arguments.given() ? arguments.texts() : List.of(),
        output(entry.at("output")),
        flag(entry.at("exit_tells_build"), setUp) ? ExitCode.TELLS_BUILD : ExitCode.TELLS_NOTHING,
        plain.choosing());
  }

  private static ToolCommand plain(Entry run, Map<String, String> variables, boolean setUp)
      throws Unusable {
    if (!run.given() || run.texts().isEmpty()) {
      throw run.wrong("must be a list of a program and its arguments, such as [make, test]");
    }
    return setUp
        ? ToolCommand.online(run.texts(), variables)
        : ToolCommand.tests(run.texts(), variables).chosenBy(CONFIGURED);
  }

  private static Duration limit(Entry entry, Duration otherwise) throws Unusable {
    return entry.given() ? Duration.ofMinutes(entry.number(1, LONGEST_MINUTES)) : otherwise;
  }

  private static boolean flag(Entry entry, boolean otherwise) throws Unusable {
    return entry.given() ? entry.flag() : otherwise;
  }

  private static Output output(Entry entry) throws Unusable {
    if (!entry.given()) {
      return new Output.Logged();
    }
    if (!OUTPUT.matcher(entry.text()).matches()) {
      throw entry.wrong("must be a plain file name, such as stdout.tap");
    }
    return new Output.Kept(entry.text());
  }
}
