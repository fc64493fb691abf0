package dev.capstan.server.webhook;

import dev.capstan.api.CiResult;
import dev.capstan.api.CiResult.Answer;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Inbox;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.run.CiReport.Conclusion;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.auth.Open;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.Bodies;
import dev.capstan.server.webhook.WebhookSecrets.Forge;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * What CI and forges say. A webhook is known by its signature, which is judged before anything of
 * its body is read; a report of CI by its token, as any other request. Both are answered with 202
 * once they are stored; the runs are told afterwards.
 */
@RestController
@RequestMapping("/api/v1")
public final class WebhookController {
  private static final int LARGEST = 4 << 20;
  private static final int LONGEST_NAME = 200;
  private static final int PAGE = 200;

  private final WebhookSecrets secrets;
  private final Intake intake;
  private final Projects visible;
  private final Callers callers;
  private final InstantSource clock;

  /** {@code visible} are the projects that whoever asks may see. */
  public WebhookController(
      WebhookSecrets secrets, Inbox inbox, Projects visible, Callers callers, InstantSource clock) {
    this.callers = callers;
    this.visible = visible;
    this.secrets = secrets;
    this.intake = new Intake(inbox);
    this.clock = clock;
  }

  /**
   * What GitHub says, signed with the webhook's secret. That is the installation's, or of the
   * organisation that the query names, which speaks of its own repositories alone.
   */
  @Open
  @PostMapping("/webhooks/github")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Answer github(HttpServletRequest request) throws IOException {
    Sender sender = Sender.of(request);
    String secret = secret(Forge.GITHUB, sender);
    byte[] body = body(request);
    if (!Signature.github(secret, header(request, "X-Hub-Signature-256"), body)) {
      throw ApiException.unauthenticated(
          "X-Hub-Signature-256 is missing, or is not that of this body with the webhook's secret;"
              + " compare the webhook's secret with "
              + sender.setting(Forge.GITHUB));
    }
    requireJson(request);
    return intake.take(
        sender.access(),
        "github",
        header(request, "X-GitHub-Delivery"),
        body,
        GitHubEvents.read(header(request, "X-GitHub-Event"), body, clock.instant()));
  }

  /**
   * What GitLab says, with the webhook's token or signed with it. That is the installation's, or of
   * the organisation that the query names, which speaks of its own repositories alone.
   */
  @Open
  @PostMapping("/webhooks/gitlab")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Answer gitlab(HttpServletRequest request) throws IOException {
    Sender sender = Sender.of(request);
    String secret = secret(Forge.GITLAB, sender);
    byte[] body = body(request);
    if (!isOfGitLab(request, secret, body)) {
      throw ApiException.unauthenticated(
          (secret.startsWith(Signature.SIGNING)
                  ? "webhook-signature is missing, too old, or not that of this body with the"
                      + " webhook's signing token; compare it"
                  : "X-Gitlab-Token is missing or not the webhook's secret token; compare it")
              + " with "
              + sender.setting(Forge.GITLAB));
    }
    requireJson(request);
    String id = header(request, "webhook-id");
    return intake.take(
        sender.access(),
        "gitlab",
        id.isEmpty() ? header(request, "X-Gitlab-Event-UUID") : id,
        body,
        GitLabEvents.read(header(request, "X-Gitlab-Event"), body, clock.instant()));
  }

  /** Which of the two GitLab must use is told by the secret, never by the request. */
  private boolean isOfGitLab(HttpServletRequest request, String secret, byte[] body) {
    return secret.startsWith(Signature.SIGNING)
        ? Signature.standard(
            secret,
            header(request, "webhook-id"),
            header(request, "webhook-timestamp"),
            header(request, "webhook-signature"),
            body,
            clock.instant())
        : Signature.token(secret, header(request, "X-Gitlab-Token"));
  }

  /** How CI judged a commit that a run has delivered. */
  @Allowed(Scope.OPERATOR)
  @PostMapping(path = "/ci-reports", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Answer report(@RequestBody CiResult result) {
    Bodies.complete(result);
    Word.Ci word =
        new Word.Ci(
            List.of(Word.line(result.repository(), 500)),
            result.branch(),
            Word.commit(result.commit()),
            "ci: " + required("name", Word.line(result.name(), LONGEST_NAME)),
            conclusion(result.conclusion()).name(),
            Word.web(result.url()),
            summary(result),
            clock.instant());
    requireVisible(required("repository", word.repositories().getFirst()));
    return intake.take(
        callers.access(),
        "ci",
        result.id(),
        JsonMapper.shared().writeValueAsBytes(result),
        Reading.of(word));
  }

  /** The same as a form, which a shell script can send without writing JSON. */
  @Allowed(Scope.OPERATOR)
  @PostMapping(path = "/ci-reports", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Answer report(@RequestParam Map<String, String> form) {
    return report(
        new CiResult(
            form.getOrDefault("id", ""),
            form.getOrDefault("repository", ""),
            form.getOrDefault("branch", ""),
            form.getOrDefault("commit", ""),
            form.getOrDefault("name", ""),
            form.getOrDefault("conclusion", ""),
            form.getOrDefault("url", ""),
            form.getOrDefault("tests", ""),
            form.getOrDefault("failed", ""),
            form.getOrDefault("skipped", "")));
  }

  /** Of a repository that is somebody else's one does not even learn that it is known. */
  private void requireVisible(String repository) {
    if (callers.access() instanceof Access.Everything) {
      return;
    }
    RepositoryAddress wanted = RepositoryAddress.of(repository);
    String after = "";
    List<Project> page = visible.list(after, PAGE);
    while (!page.isEmpty()) {
      if (page.stream().anyMatch(one -> RepositoryAddress.of(one.source()).equals(wanted))) {
        return;
      }
      after = page.getLast().id().value();
      page = visible.list(after, PAGE);
    }
    throw ApiException.notFound("there is no project of the repository " + repository);
  }

  private static Conclusion conclusion(String word) {
    return switch (word) {
      case "passed" -> Conclusion.PASSED;
      case "failed" -> Conclusion.FAILED;
      case "undecided" -> Conclusion.UNDECIDED;
      default ->
          throw ApiException.invalid("the conclusion must be one of passed, failed, undecided");
    };
  }

  private static String summary(CiResult result) {
    String tests = counted("tests", result.tests(), "tests");
    String failed = counted("failed", result.failed(), "failed");
    String skipped = counted("skipped", result.skipped(), "skipped");
    return String.join(
        ", ", List.of(tests, failed, skipped).stream().filter(part -> !part.isEmpty()).toList());
  }

  private static String counted(String field, String number, String word) {
    if (!number.matches("[0-9]{0,9}")) {
      throw ApiException.invalid(field + " is a number of at most 9 digits, or left out");
    }
    return number.isEmpty() ? "" : number + ' ' + word;
  }

  private static String required(String field, String text) {
    if (text.isEmpty()) {
      throw ApiException.invalid("the field " + field + " is missing or empty");
    }
    return text;
  }

  private String secret(Forge forge, Sender sender) {
    return secrets
        .of(forge, sender.organisation())
        .orElseThrow(() ->
            ApiException.unauthenticated(
                "no such webhook is let in: " + sender.setting(forge) + " is not set"));
  }

  /** The signature is that of these very bytes. */
  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw ApiException.invalid("a webhook's body has at most " + (LARGEST >> 20) + " MiB");
    }
    return body;
  }

  private static void requireJson(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null || !type.startsWith(MediaType.APPLICATION_JSON_VALUE)) {
      throw ApiException.invalid("set the webhook's content type to " + MediaType.APPLICATION_JSON);
    }
  }

  private static String header(HttpServletRequest request, String name) {
    String value = request.getHeader(name);
    return value == null ? "" : value;
  }
}
