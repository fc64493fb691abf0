package dev.capstan.cli.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %visible}: the message as one line in which nothing acts on a terminal. */
public final class VisibleMessage extends MessageConverter {
  @Override
  public String convert(ILoggingEvent event) {
    return Visible.line(super.convert(event));
  }
}
