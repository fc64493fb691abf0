package dev.capstan.server.workers;

import dev.capstan.control.TaskQueue;
import dev.capstan.control.TaskQueue.Held;
import dev.capstan.control.access.Scope;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.rest.ApiException;
import dev.capstan.worker.protocol.LeaseHeader;
import dev.capstan.workspace.git.GitService;
import dev.capstan.workspace.git.GitService.Request;
import dev.capstan.workspace.git.GitService.Service;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Git's smart HTTP for workers on other machines: they fetch the project of their lease, and push
 * hidden refs of its run.
 */
@RestController
@RequestMapping("/git/{project}")
public final class GitController {
  private final GitService git;
  private final TaskQueue queue;

  public GitController(GitService git, TaskQueue queue) {
    this.git = git;
    this.queue = queue;
  }

  /** Says what may be fetched or pushed, to a worker with a lease on the project. */
  @Allowed(Scope.WORKER)
  @GetMapping("/info/refs")
  void advertise(
      @PathVariable String project,
      @RequestParam(name = "service", defaultValue = "") String name,
      @RequestHeader(name = "Git-Protocol", defaultValue = "") String protocol,
      @RequestHeader(name = LeaseHeader.NAME, defaultValue = "") String lease,
      HttpServletResponse response)
      throws IOException {
    Optional<Service> service = Service.named(name);
    Optional<Held> held = held(lease, project);
    if (service.isEmpty() || held.isEmpty()) {
      refuse(response);
      return;
    }
    begin(response, service.get().contentType("advertisement"));
    git.advertise(asked(service.get(), held.get(), protocol), response.getOutputStream());
  }

  /** Gives commits, or takes hidden refs of the run of the lease. */
  @Allowed(Scope.WORKER)
  @PostMapping({"/git-upload-pack", "/git-receive-pack"})
  void answer(
      @PathVariable String project,
      @RequestHeader(name = "Git-Protocol", defaultValue = "") String protocol,
      @RequestHeader(name = "Content-Encoding", defaultValue = "") String encoding,
      @RequestHeader(name = LeaseHeader.NAME, defaultValue = "") String lease,
      InputStream body,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    String address = request.getRequestURI();
    Optional<Service> service = Service.named(address.substring(address.lastIndexOf('/') + 1));
    Optional<Held> held = held(lease, project);
    if (service.isEmpty() || held.isEmpty()) {
      refuse(response);
      return;
    }
    InputStream plain = encoding.equals("gzip") ? unpacked(body) : body;
    begin(response, service.get().contentType("result"));
    git.answer(asked(service.get(), held.get(), protocol), plain, response.getOutputStream());
  }

  private static InputStream unpacked(InputStream body) throws IOException {
    try {
      return new GZIPInputStream(body);
    } catch (ZipException | EOFException wrong) {
      throw ApiException.invalid("the body is not in gzip, as its Content-Encoding says");
    }
  }

  private Optional<Held> held(String lease, String project) {
    return LeaseHeader.parse(lease)
        .flatMap(queue::held)
        .filter(held -> held.project().value().equals(project) && git.serves(held.project()));
  }

  private static Request asked(Service service, Held held, String protocol) {
    ProjectId project = held.project();
    return new Request(project, service, protocol, Optional.of("refs/capstan/" + held.run()));
  }

  /** In plain words, since git shows them to whoever looks into a worker's log. */
  private static void refuse(HttpServletResponse response) throws IOException {
    response.setStatus(HttpStatus.NOT_FOUND.value());
    response.setContentType("text/plain");
    response
        .getWriter()
        .println(
            "git-upload-pack and git-receive-pack are served to whoever sends \""
                + LeaseHeader.NAME
                + ": TASK.TOKEN\" of a lease on this project");
  }

  private static void begin(HttpServletResponse response, String type) {
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-cache");
  }
}
