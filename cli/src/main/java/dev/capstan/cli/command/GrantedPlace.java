package dev.capstan.cli.command;

import picocli.CommandLine.Option;

/** Where a token or a grant holds. */
final class GrantedPlace {
  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      defaultValue = "",
      description = "Only this project. Default: all of the organisation.")
  private String project = "";

  @Option(
      names = "--organisation",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Default: that of whoever gives it.")
  private String organisation = "";

  String project() {
    return project;
  }

  String organisation() {
    return organisation;
  }
}
