package dev.capstan.server.live;

import java.io.IOException;

/**
 * The way to one client. Calls wait until the client has taken enough; they fail once it is gone.
 */
interface Sink {
  void send(Message message) throws IOException;

  /** Says that nothing happened for a while. */
  void alive() throws IOException;

  /** What was sent may go out. */
  void flush() throws IOException;
}
