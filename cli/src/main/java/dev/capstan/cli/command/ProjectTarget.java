package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.ProjectView;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import java.util.List;
import picocli.CommandLine.Option;

/** The project that a command is about. */
final class ProjectTarget {
  @Option(
      names = {"-p", "--project"},
      paramLabel = "NAME",
      defaultValue = "",
      description = "The project. Default: the only one that is registered.")
  private String name = "";

  String resolve(Client client) {
    return resolve(client, name);
  }

  /** The project of that name; "" for the only one that is registered. */
  static String resolve(Client client, String name) {
    if (!name.isEmpty()) {
      return name;
    }
    List<String> names = client.projects().stream().map(ProjectView::id).toList();
    if (names.size() != 1) {
      throw new ApiFailure(
          ErrorCode.INVALID,
          names.isEmpty()
              ? "no project is registered; capstan projects add PATH_OR_URL"
              : "name one of these projects: " + String.join(", ", names));
    }
    return names.getFirst();
  }
}
