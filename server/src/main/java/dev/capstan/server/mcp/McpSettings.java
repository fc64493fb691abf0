package dev.capstan.server.mcp;

import java.util.Set;

/**
 * How the endpoint is run.
 *
 * @param hosts by which the server is reached beside loopback's names, without ports
 * @param runs whether runs can be started, watched and decided about
 */
public record McpSettings(Set<String> hosts, boolean runs) {
  public McpSettings {
    hosts = Set.copyOf(hosts);
  }
}
