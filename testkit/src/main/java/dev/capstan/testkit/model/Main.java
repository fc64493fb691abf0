package dev.capstan.testkit.model;

import java.nio.file.Path;
import java.util.List;

/** {@code SCRIPT [PORT]}: serves until it is ended, then says what was expected in vain. */
final class Main {
  private Main() {}

  static void main(String[] arguments) throws InterruptedException {
    if (arguments.length < 1 || arguments.length > 2) {
      System.err.println("usage: SCRIPT [PORT]");
      System.exit(2);
    }
    ScriptedModelServer server;
    try {
      int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
      server = ScriptedModelServer.start(Script.read(Path.of(arguments[0])), port);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(server.url());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(server)));
    Thread.currentThread().join();
  }

  private static void tell(ScriptedModelServer server) {
    System.out.println(server.seen().size() + " requests, " + server.served());
    List<String> unmet = server.unmet();
    unmet.forEach(System.out::println);
  }
}
