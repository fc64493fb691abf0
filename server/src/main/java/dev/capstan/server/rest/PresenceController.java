package dev.capstan.server.rest;

import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Allowed;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Who uses this server: every other process holds a stream open, so the owner knows when it is the
 * last one. Safe for many threads.
 */
@RestController
@RequestMapping("/api/v1/presence")
public final class PresenceController {
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final Set<SseEmitter> guests = new HashSet<>();
  private final Runnable startWorking;

  /** {@code startWorking} is called when a guest wants work to be done. */
  public PresenceController(Runnable startWorking) {
    this.startWorking = startWorking;
  }

  /** Says that the sender uses this server, for as long as it reads. */
  @Allowed(Scope.ADMIN)
  @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter attach(@RequestParam(defaultValue = "false") boolean work) {
    if (work) {
      startWorking.run();
    }
    SseEmitter guest = new SseEmitter(0L);
    enter(guest);
    guest.onCompletion(() -> leave(guest));
    guest.onError(_ -> leave(guest));
    Thread.ofVirtual().name("presence").start(() -> keepAlive(guest));
    return guest;
  }

  /** A connection is only known to be gone when something is sent over it. */
  private void keepAlive(SseEmitter guest) {
    try {
      while (isHere(guest)) {
        guest.send(SseEmitter.event().comment("here"));
        Thread.sleep(HEARTBEAT);
      }
    } catch (IOException | IllegalStateException _) {
      leave(guest);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void enter(SseEmitter guest) {
    guests.add(guest);
  }

  private synchronized void leave(SseEmitter guest) {
    guests.remove(guest);
    notifyAll();
  }

  private synchronized boolean isHere(SseEmitter guest) {
    return guests.contains(guest);
  }

  /** Waits until there is no guest. */
  public synchronized void awaitNobody() throws InterruptedException {
    while (!guests.isEmpty()) {
      wait();
    }
  }
}
