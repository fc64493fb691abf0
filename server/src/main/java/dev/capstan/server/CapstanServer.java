package dev.capstan.server;

import dev.capstan.api.Endpoint;
import dev.capstan.control.RunService;
import dev.capstan.server.live.EventStreamController;
import dev.capstan.server.live.LiveLog;
import dev.capstan.server.rest.ArtifactController;
import dev.capstan.server.rest.CheckController;
import dev.capstan.server.rest.DescriptionController;
import dev.capstan.server.rest.EvidenceController;
import dev.capstan.server.rest.KeyedRequests;
import dev.capstan.server.rest.PlanController;
import dev.capstan.server.rest.PolicyController;
import dev.capstan.server.rest.PresenceController;
import dev.capstan.server.rest.Problems;
import dev.capstan.server.rest.ProjectController;
import dev.capstan.server.rest.ReportController;
import dev.capstan.server.rest.Reversion;
import dev.capstan.server.rest.RunController;
import dev.capstan.server.rest.RunStreams;
import dev.capstan.server.rest.SnapshotController;
import dev.capstan.server.rest.StepController;
import dev.capstan.server.rest.TokenFilter;
import dev.capstan.server.wishes.CampaignController;
import dev.capstan.server.wishes.IntakeController;
import dev.capstan.server.wishes.Remaining;
import dev.capstan.worker.Workshop;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP server of an installation, on loopback, with a token of its own for each start. */
public final class CapstanServer implements AutoCloseable {
  private static final int TOKEN_BYTES = 32;

  /** Not 0, by which Tomcat would wait for ever. */
  private static final int STREAMS_END_MILLIS = 100;

  private final Installation installation;
  private final ServletWebServerApplicationContext context;
  private final PresenceController presence;
  private final Endpoint endpoint;

  private CapstanServer(
      Installation installation,
      ServletWebServerApplicationContext context,
      PresenceController presence,
      String token) {
    this.installation = installation;
    this.context = context;
    this.presence = presence;
    this.endpoint =
        new Endpoint(
            "http://127.0.0.1:" + port(context),
            token,
            ProcessHandle.current().pid(),
            Version.CURRENT);
  }

  /** Starts to listen. The installation is closed with it. */
  public static CapstanServer start(Installation installation) {
    String token = token();
    PresenceController presence = new PresenceController(installation::startWorking);
    var context =
        new SpringApplicationBuilder(ServerApplication.class)
            .web(WebApplicationType.SERVLET)
            .properties(properties())
            .registerShutdownHook(false)
            .initializers(
                (GenericApplicationContext beans) -> register(beans, installation, presence, token))
            .run();
    return new CapstanServer(
        installation, (ServletWebServerApplicationContext) context, presence, token);
  }

  private static Map<String, Object> properties() {
    return Map.of(
        "server.address", "127.0.0.1",
        "server.port", "0",
        "server.shutdown", "immediate",
        "spring.main.banner-mode", "off",
        "spring.main.log-startup-info", "false",
        "spring.threads.virtual.enabled", "true",
        "spring.mvc.async.request-timeout", "-1",
        "spring.jackson.deserialization.fail-on-unknown-properties", "true",
        "spring.jmx.enabled", "false");
  }

  private static void register(
      GenericApplicationContext beans,
      Installation installation,
      PresenceController presence,
      String token) {
    Workshop workshop = installation.workshop();
    RunService runs = installation.runs();
    beans.registerBean(
        "streamsEndAtOnce", WebServerFactoryCustomizer.class, CapstanServer::streamsEndAtOnce);
    beans.registerBean(
        TokenFilter.class, () -> new TokenFilter(token, beans.getBean(JsonMapper.class)));
    beans.registerBean(
        KeyedRequests.class,
        () -> new KeyedRequests(installation.requestKeys(), beans.getBean(JsonMapper.class)));
    beans.registerBean(LiveLog.class, () -> new LiveLog(installation.queries()));
    beans.registerBean(
        EventStreamController.class, () -> new EventStreamController(beans.getBean(LiveLog.class)));
    beans.registerBean(Problems.class, Problems::new);
    beans.registerBean(DescriptionController.class, DescriptionController::new);
    beans.registerBean(PresenceController.class, () -> presence);
    beans.registerBean(ProjectController.class, () -> new ProjectController(workshop.projects()));
    beans.registerBean(CheckController.class, () -> new CheckController(workshop));
    beans.registerBean(SnapshotController.class, () -> new SnapshotController(workshop));
    beans.registerBean(ArtifactController.class, () -> new ArtifactController(workshop.store()));
    beans.registerBean(PlanController.class, () -> new PlanController(workshop));
    beans.registerBean(
        PolicyController.class,
        () -> new PolicyController(installation.packs(), workshop.projects(), workshop.git()));
    beans.registerBean(EvidenceController.class, () -> new EvidenceController(workshop));
    beans.registerBean(ReportController.class, () -> new ReportController(workshop));
    beans.registerBean(
        CampaignController.class,
        () ->
            new CampaignController(
                installation.campaigns(),
                installation.wishes(),
                installation.queries(),
                runs,
                new Remaining(installation.campaigns(), workshop.git())));
    beans.registerBean(
        IntakeController.class,
        () ->
            new IntakeController(
                installation.templates(), installation.triggers(), installation.wishes()));
    beans.registerBean(StepController.class, () -> new StepController(installation.queries()));
    beans.registerBean(
        RunController.class,
        () ->
            new RunController(
                runs,
                installation.creation(),
                new Reversion(workshop),
                installation.queries(),
                workshop.activity(),
                workshop.artifacts(),
                new RunStreams(installation.queries(), workshop.activity())));
  }

  /** A stream ends by its server's end only; to wait for that would keep every command waiting. */
  private static WebServerFactoryCustomizer<TomcatServletWebServerFactory> streamsEndAtOnce() {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context instanceof StandardContext standard) {
            standard.setUnloadDelay(STREAMS_END_MILLIS);
            standard.addServletContainerInitializer(new WsSci(), Set.of());
          }
        });
  }

  private static String token() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static int port(ServletWebServerApplicationContext context) {
    return Objects.requireNonNull(context.getWebServer()).getPort();
  }

  /** How to reach it. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Starts the worker, once. */
  public void startWorking() {
    installation.startWorking();
  }

  /** Waits until no other process uses the server any more. */
  public void awaitGuestsGone() throws InterruptedException {
    presence.awaitNobody();
  }

  @Override
  public void close() {
    context.close();
    installation.close();
  }
}
