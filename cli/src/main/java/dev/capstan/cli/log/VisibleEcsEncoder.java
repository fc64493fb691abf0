package dev.capstan.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.logback.EcsEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Elastic Common Schema, one JSON object a line. JSON escapes the usual controls itself; the others
 * are spelled out as in the log for people.
 */
public final class VisibleEcsEncoder extends EcsEncoder {
  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), StandardCharsets.UTF_8);
    return Visible.lines(line).getBytes(StandardCharsets.UTF_8);
  }
}
