package dev.capstan.server.webhook;

import dev.capstan.core.run.CiReport.Conclusion;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Events of GitLab's webhooks, in the shapes that its documentation publishes. */
final class GitLabEvents {
  private static final int LONGEST = 300;

  private final Payload body;
  private final Instant now;

  private GitLabEvents(Payload body, Instant now) {
    this.body = body;
    this.now = now;
  }

  /**
   * Reads one.
   *
   * @param event as {@code X-Gitlab-Event} says
   */
  static Reading read(String event, byte[] body, Instant now) {
    GitLabEvents events = new GitLabEvents(Payload.read(body), now);
    return switch (event) {
      case "Pipeline Hook" -> events.pipeline();
      case "Merge Request Hook" -> events.mergeRequest();
      default -> new Reading.Nothing("the event is none that is listened to");
    };
  }

  private Reading pipeline() {
    Conclusion conclusion;
    switch (body.text("object_attributes/status")) {
      case "success" -> conclusion = Conclusion.PASSED;
      case "failed" -> conclusion = Conclusion.FAILED;
      case "canceled", "skipped" -> conclusion = Conclusion.UNDECIDED;
      default -> {
        return new Reading.Nothing("it has not completed");
      }
    }
    if (body.is("object_attributes/tag")) {
      return new Reading.Nothing("it is about a tag");
    }
    if (isFork("merge_request")) {
      return new Reading.Nothing("it comes from a fork");
    }
    String branch =
        body.has("merge_request")
            ? body.text("merge_request/source_branch")
            : body.text("object_attributes/ref");
    return Reading.of(
        new Word.Ci(
            repositories(),
            branch,
            body.commit("object_attributes/sha"),
            name(),
            conclusion.name(),
            url(),
            "",
            body.time(now, "object_attributes/finished_at")));
  }

  private String name() {
    String name = body.text("object_attributes/name");
    return name.isBlank() ? "pipeline" : body.name("pipeline: ", "object_attributes/name");
  }

  private String url() {
    String given = Word.web(body.text("object_attributes/url"));
    String project = Word.web(body.text("project/web_url"));
    String id = body.digits("object_attributes/id");
    return given.isEmpty() && !project.isEmpty() && !id.isEmpty()
        ? project + "/-/pipelines/" + id
        : given;
  }

  /** Without a merge commit the branch was fast-forwarded: its head is what was merged. */
  private Reading mergeRequest() {
    if (!body.text("object_attributes/action").equals("merge")) {
      return new Reading.Nothing("it was not merged");
    }
    if (isFork("object_attributes")) {
      return new Reading.Nothing("it comes from a fork");
    }
    String commit =
        body.text("object_attributes/merge_commit_sha").isEmpty()
            ? body.commit("object_attributes/last_commit/id")
            : body.commit("object_attributes/merge_commit_sha");
    return Reading.of(
        new Word.Merge(repositories(), body.text("object_attributes/source_branch"), commit));
  }

  /** Anybody may name a branch of a fork as they like. */
  private boolean isFork(String object) {
    String from = body.digits(object + "/source_project_id");
    return !from.equals(body.digits(object + "/target_project_id"));
  }

  private List<String> repositories() {
    return Stream.of("git_http_url", "git_ssh_url", "web_url")
        .map(name -> Word.line(body.text("project/" + name), LONGEST))
        .filter(address -> !address.isEmpty())
        .toList();
  }
}
