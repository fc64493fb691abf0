package dev.capstan.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts the requests under way, so that a server that ends can wait for them. A live stream is not
 * one: it would never end. Safe for many threads.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Drain extends OncePerRequestFilter {
  private int underWay;
  private volatile boolean begun;

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    count(1);
    try {
      chain.doFilter(request, response);
    } finally {
      count(-1);
    }
  }

  private synchronized void count(int more) {
    underWay += more;
    notifyAll();
  }

  boolean hasBegun() {
    return begun;
  }

  void begin() {
    begun = true;
  }

  /** Waits until no request is under way, at most that long; false if there still is one. */
  synchronized boolean awaitIdle(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (underWay > 0) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
