package dev.capstan.cli.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** {@code %visibleTrace}: the trace of the stack, in which nothing acts on a terminal. */
public final class VisibleTrace extends ThrowableProxyConverter {
  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return Visible.lines(super.throwableProxyToString(thrown));
  }
}
