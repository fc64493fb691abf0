package dev.capstan.api;

import java.util.List;

/**
 * A worker that is connected to a server.
 *
 * @param instance of its process
 * @param server that it is connected to, by its id
 * @param capacity tasks side by side
 * @param kinds of tasks that it does
 * @param labels of its machine, such as its tools
 * @param underWay tasks that it does now
 * @param waiting tasks that its server holds for it
 * @param given tasks that it was given since it connected
 * @param draining true if it takes nothing more
 * @param silentSeconds since it was heard
 */
public record WorkerView(
    String name,
    String instance,
    String server,
    String version,
    int capacity,
    List<String> kinds,
    List<String> engines,
    List<String> labels,
    int underWay,
    int waiting,
    long given,
    boolean draining,
    long silentSeconds) {
  public WorkerView {
    kinds = List.copyOf(kinds);
    engines = List.copyOf(engines);
    labels = List.copyOf(labels);
  }
}
