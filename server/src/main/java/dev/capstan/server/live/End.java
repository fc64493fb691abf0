package dev.capstan.server.live;

/** Why following ended, other than by the client. */
enum End {
  /** The server is stopping. */
  CLOSED,
  /** The client took less than happened, for too long. */
  TOO_SLOW
}
