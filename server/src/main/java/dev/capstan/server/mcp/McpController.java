package dev.capstan.server.mcp;

import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.AuditFilter;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.mcp.Methods.From;
import dev.capstan.server.rest.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** The Model Context Protocol over streamable HTTP. */
@RestController
public final class McpController {
  private static final String PATH = "/mcp";

  private final Methods methods;
  private final Origins origins;
  private final Callers callers;

  public McpController(Methods methods, McpSettings settings, Callers callers) {
    this.methods = methods;
    this.origins = new Origins(settings.hosts());
    this.callers = callers;
  }

  /**
   * Answers one message of the Model Context Protocol: a request with its answer as JSON, anything
   * else with 202. There are no sessions.
   *
   * @param project what is meant where a tool is told no project
   */
  @Allowed(Scope.READER)
  @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> answer(
      @RequestParam(defaultValue = "") String project,
      @RequestHeader(name = "MCP-Protocol-Version", defaultValue = "") String version,
      @RequestHeader(name = HttpHeaders.ORIGIN, defaultValue = "") String origin,
      @RequestBody byte[] body,
      HttpServletRequest request)
      throws InterruptedException {
    origins
        .fault(
            Objects.requireNonNullElse(request.getHeader(HttpHeaders.HOST), ""),
            origin,
            request.getLocalAddr())
        .ifPresent(why -> {
          throw ApiException.forbidden(why);
        });
    AuditFilter.passOver(request);
    if (!version.isEmpty() && !Methods.VERSIONS.contains(version)) {
      return refused(
          Answer.INVALID_REQUEST,
          "the protocol's version " + version + " is not spoken; " + Methods.VERSIONS + " are");
    }
    try {
      return answer(
          JsonMapper.shared().readTree(body), new From(usual(project), request.getRemoteAddr()));
    } catch (JacksonException malformed) {
      return refused(
          Answer.PARSE_ERROR, "the message is not JSON: " + malformed.getOriginalMessage());
    }
  }

  /** Who belongs to one project means it. */
  private String usual(String project) {
    return project.isEmpty() ? callers.access().project().map(String::valueOf).orElse("") : project;
  }

  private ResponseEntity<String> answer(JsonNode message, From from) throws InterruptedException {
    if (!message.path("jsonrpc").asString("").equals("2.0")) {
      return refused(
          Answer.INVALID_REQUEST,
          "send one message of JSON-RPC 2.0; several at once are not taken");
    }
    String method = message.path("method").asString("");
    JsonNode id = message.path("id");
    if (id.isMissingNode() || method.isEmpty()) {
      return ResponseEntity.accepted().build();
    }
    if (!id.isString() && !id.isIntegralNumber()) {
      return refused(Answer.INVALID_REQUEST, "the id of a request is a text or a whole number");
    }
    return told(HttpStatus.OK, methods.answer(method, message.path("params"), from), id);
  }

  private static ResponseEntity<String> refused(int code, String why) {
    return told(HttpStatus.BAD_REQUEST, new Answer.Fault(code, why), NullNode.getInstance());
  }

  private static ResponseEntity<String> told(HttpStatus status, Answer answer, JsonNode id) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(JsonMapper.shared().writeValueAsString(answer.message(id)));
  }

  /** There is no stream to listen to, and no session to end: 405. */
  @Allowed(Scope.READER)
  @RequestMapping(
      path = PATH,
      method = {RequestMethod.GET, RequestMethod.DELETE})
  ResponseEntity<Void> refuse(HttpServletRequest request) {
    AuditFilter.passOver(request);
    return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
        .header(HttpHeaders.ALLOW, RequestMethod.POST.name())
        .build();
  }
}
