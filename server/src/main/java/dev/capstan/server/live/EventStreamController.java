package dev.capstan.server.live;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tenancy;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.auth.LiveTokens;
import dev.capstan.server.rest.ApiException;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.Endpoint;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The events of all runs as they happen. */
@RestController
public final class EventStreamController {
  private static final Logger LOG = LoggerFactory.getLogger(EventStreamController.class);
  private static final String SOCKET = "/ws/events";

  private final LiveLog log;
  private final Callers callers;
  private final Tenancy tenancy;
  private final LiveTokens tokens;

  public EventStreamController(LiveLog log, Callers callers, Tenancy tenancy, LiveTokens tokens) {
    this.tokens = tokens;
    this.log = log;
    this.callers = callers;
    this.tenancy = tenancy;
  }

  /**
   * The events of all runs as they happen, as server-sent events.
   *
   * @param type one or more; every type if there is none
   * @param after the {@code seq} to go on after; what comes next if there is none
   */
  @Allowed(Scope.READER)
  @GetMapping(path = "/api/v1/events/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(
      @RequestParam(defaultValue = "") String project,
      @RequestParam(defaultValue = "") String run,
      @RequestParam(defaultValue = "") Set<String> type,
      @RequestParam(defaultValue = "") String after,
      @RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEventId,
      HttpServletResponse response)
      throws IOException {
    Wanted wanted = wanted(project, run, type, lastEventId.isEmpty() ? after : lastEventId);
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setHeader("Cache-Control", "no-store");
    try (LiveTokens.Stream _ = tokens.watch(callers.current())) {
      End end = log.follow(wanted, new ServerSentEvents(response.getOutputStream()));
      LOG.debug("a stream of events ended: {}", end);
    } catch (IOException gone) {
      LOG.debug("a client of the stream of events is gone", gone);
    } catch (InterruptedException _) {
      LOG.debug("a stream of events ended");
    } catch (RuntimeException failure) {
      LOG.warn("a stream of events broke", failure);
    }
  }

  private record ServerSentEvents(ServletOutputStream out) implements Sink {
    @Override
    public void send(Message message) throws IOException {
      write("id: " + message.sequence() + "\ndata: " + message.json() + "\n\n");
    }

    @Override
    public void alive() throws IOException {
      write(": alive\n\n");
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  /**
   * The events of all runs as they happen, over WebSocket.
   *
   * @param type one or more; every type if there is none
   * @param after the {@code seq} to go on after; what comes next if there is none
   */
  @Allowed(Scope.READER)
  @GetMapping(SOCKET)
  void open(
      @RequestParam(defaultValue = "") String project,
      @RequestParam(defaultValue = "") String run,
      @RequestParam(defaultValue = "") Set<String> type,
      @RequestParam(defaultValue = "") String after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, ServletException {
    Wanted wanted = wanted(project, run, type, after);
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw ApiException.invalid(
          SOCKET + " speaks WebSocket; /api/v1/events/stream has the same over HTTP");
    }
    var container =
        (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
    try {
      container.upgradeHttpToWebSocket(
          request, response, config(wanted, callers.current()), Map.of());
    } catch (jakarta.websocket.DeploymentException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ServerEndpointConfig config(Wanted wanted, Caller caller) {
    return ServerEndpointConfig.Builder.create(EventSocket.class, SOCKET)
        .configurator(
            new ServerEndpointConfig.Configurator() {
              @Override
              public <T> T getEndpointInstance(Class<T> type) {
                return type.cast(
                    (Endpoint) new EventSocket(log, wanted, () -> tokens.watch(caller)));
              }
            })
        .build();
  }

  private Wanted wanted(String project, String run, Set<String> types, String after) {
    return new Wanted(project, run, types, Wanted.after(after), visible(callers.access()));
  }

  /** What each project is to whoever asks, looked up once for each stream. */
  private Predicate<String> visible(Access access) {
    Map<String, Boolean> known = new ConcurrentHashMap<>();
    return project -> known.computeIfAbsent(project, id -> tenancy.sees(access, new ProjectId(id)));
  }
}
