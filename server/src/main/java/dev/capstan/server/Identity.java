package dev.capstan.server;

/**
 * Whose something is.
 *
 * @param installation of all servers on one database
 * @param server of a data folder, the same after a restart
 */
record Identity(String installation, String server) {
  /** Of this server's processes, so that a start ends those of its own earlier life alone. */
  String mark() {
    return installation + '.' + server;
  }
}
