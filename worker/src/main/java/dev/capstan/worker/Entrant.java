package dev.capstan.worker;

import dev.capstan.core.RunId;
import dev.capstan.core.run.Task;
import dev.capstan.sandbox.OutputListener;

/**
 * Who tries an attempt: the one engine, or one of several side by side, which keep what is theirs
 * apart.
 *
 * @param number counts from 1; 0 for one that is alone
 */
record Entrant(int number) {
  static final Entrant ALONE = new Entrant(0);

  private boolean isAlone() {
    return number == 0;
  }

  /** What its folder is for. */
  String folder() {
    return isAlone() ? "engine" : "engine-" + number;
  }

  /** Where what it has made is kept. */
  String ref(RunId run, Task.Execute task) {
    return isAlone()
        ? HiddenRefs.made(run, task.step().id(), task.attempt().number())
        : HiddenRefs.contestant(run, task.step().id(), task.attempt().number(), number);
  }

  /** Where what it had made when its turns ended is kept; their number follows. */
  String turns(RunId run, Task.Execute task) {
    return isAlone()
        ? HiddenRefs.turns(run, task.step().id(), task.attempt().number())
        : ref(run, task) + "-turn-";
  }

  /** What an artifact of that name of its own is called. */
  String artifact(String name) {
    return isAlone() ? name : "contestant-" + number + "-" + name;
  }

  /** What it prints, to be told from what others print meanwhile. */
  OutputListener printing(Journal journal) {
    return isAlone() ? journal : (stream, line) -> journal.line(stream, number + "> " + line);
  }
}
