package dev.capstan.cli.command;

import dev.capstan.cli.session.Client;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The indexed tree of a project that a command looks into. */
final class TreeTarget {
  @Mixin private ProjectTarget project = new ProjectTarget();

  @Option(
      names = "--tree",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Which of the indexed trees. Default: the one that was indexed last.")
  private String tree = "";

  String project(Client client) {
    return project.resolve(client);
  }

  String tree() {
    return tree;
  }
}
