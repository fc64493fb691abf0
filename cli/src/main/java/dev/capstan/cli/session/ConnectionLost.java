package dev.capstan.cli.session;

import java.io.IOException;

/** The server went away in the middle; another one may take its place. */
public final class ConnectionLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConnectionLost(IOException cause) {
    super("the connection to the server was lost: " + cause.getMessage(), cause);
  }
}
