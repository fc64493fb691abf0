package dev.capstan.cli;

import dev.capstan.cli.command.CapstanCommand;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(CapstanCommand.execute(arguments));
  }
}
