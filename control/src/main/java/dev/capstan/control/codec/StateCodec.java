package dev.capstan.control.codec;

import dev.capstan.core.run.Run;

/**
 * The stored form of a run's state. A snapshot of another version is not read: the state is rebuilt
 * from the events, so this form may change at will as long as the number does.
 */
public final class StateCodec {
  public static final int VERSION = 8;

  private StateCodec() {}

  public static String write(Run run) {
    return Json.MAPPER.writerFor(Run.class).writeValueAsString(run);
  }

  public static Run read(String json) {
    return Json.MAPPER.readValue(json, Run.class);
  }
}
