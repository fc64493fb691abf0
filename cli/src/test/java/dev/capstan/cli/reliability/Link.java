package dev.capstan.cli.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A network namespace with one cable to this machine, which can be cut and healed. It stands for
 * another machine: what is sent over a cut cable gets lost, and nobody is told.
 */
final class Link implements AutoCloseable {
  private static final Path ANYWHERE = Path.of("/");

  private final String namespace;
  private final String near;
  private final String network;

  private Link(String namespace, String near, String network) {
    this.namespace = namespace;
    this.near = near;
    this.network = network;
  }

  /** Empty if this process may not make one: that is root's alone, and needs iproute2. */
  static Optional<Link> make() throws InterruptedException {
    long number = ProcessHandle.current().pid() % 60_000;
    Link link =
        new Link(
            "capstan-" + number,
            "cap" + number + "a",
            "10." + (100 + number / 256 % 100) + '.' + number % 256 + '.');
    try {
      link.open("cap" + number + "b");
      return Optional.of(link);
    } catch (IOException notAllowed) {
      System.out.println("no network namespace can be made: " + notAllowed.getMessage());
      return Optional.empty();
    }
  }

  private void open(String far) throws IOException, InterruptedException {
    ip("netns", "add", namespace);
    try {
      ip("link", "add", near, "type", "veth", "peer", "name", far);
      ip("link", "set", far, "netns", namespace);
      ip("addr", "add", network + "1/24", "dev", near);
      ip("link", "set", near, "up");
      inside("link", "set", far, "name", "far");
      inside("addr", "add", network + "2/24", "dev", "far");
      inside("link", "set", "lo", "up");
      heal();
    } catch (IOException failure) {
      close();
      throw failure;
    }
  }

  /** How this machine is reached over the cable. */
  String host() {
    return network + '1';
  }

  /** What a command is given to that is to run at the other end. */
  List<String> within() {
    return List.of("ip", "netns", "exec", namespace);
  }

  void cut() throws IOException, InterruptedException {
    inside("link", "set", "far", "down");
  }

  void heal() throws IOException, InterruptedException {
    inside("link", "set", "far", "up");
  }

  private void inside(String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 2];
    command[0] = "-n";
    command[1] = namespace;
    System.arraycopy(words, 0, command, 2, words.length);
    ip(command);
  }

  private static void ip(String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 1];
    command[0] = "ip";
    System.arraycopy(words, 0, command, 1, words.length);
    Shell.run(ANYWHERE, command);
  }

  /** The cable goes with the namespace. */
  @Override
  public void close() {
    try {
      ip("netns", "delete", namespace);
    } catch (IOException failure) {
      throw new AssertionError("the namespace " + namespace + " is left", failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }
}
