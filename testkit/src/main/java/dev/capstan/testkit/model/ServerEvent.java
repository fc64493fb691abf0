package dev.capstan.testkit.model;

/**
 * A piece of a stream.
 *
 * @param name empty if the protocol does not name its events
 */
record ServerEvent(String name, String data) {
  String text() {
    return (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
  }
}
