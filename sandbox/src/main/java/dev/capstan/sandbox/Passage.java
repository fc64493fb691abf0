package dev.capstan.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;

/** The one place that connections from inside lead to. Safe for many threads. */
public interface Passage {
  /** The port, on a loopback device that the sandbox has for itself. */
  int PORT = 8461;

  /** How it is reached from inside. */
  URI URL = URI.create("http://127.0.0.1:" + PORT);

  /**
   * Passes one connection on, both ways, and returns when either side has ended it. Both streams
   * are closed from elsewhere when the sandbox ends.
   */
  void pass(InputStream fromInside, OutputStream toInside) throws IOException;
}
