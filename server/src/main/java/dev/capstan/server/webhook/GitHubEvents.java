package dev.capstan.server.webhook;

import dev.capstan.core.run.CiReport.Conclusion;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Events of GitHub's webhooks, in the shapes that its documentation publishes. */
final class GitHubEvents {
  private static final int LONGEST_SUMMARY = 300;

  private final Payload body;
  private final Instant now;

  private GitHubEvents(Payload body, Instant now) {
    this.body = body;
    this.now = now;
  }

  /**
   * Reads one.
   *
   * @param event as {@code X-GitHub-Event} says
   */
  static Reading read(String event, byte[] body, Instant now) {
    GitHubEvents events = new GitHubEvents(Payload.read(body), now);
    return switch (event) {
      case "check_run" ->
          events.completed("check_run", "check: ", "name", "check_suite/head_branch");
      case "check_suite" ->
          events.completed("check_suite", "check suite: ", "app/name", "head_branch");
      case "workflow_run" -> events.completed("workflow_run", "workflow: ", "name", "head_branch");
      case "status" -> events.status();
      case "pull_request" -> events.pullRequest();
      case "ping" -> new Reading.Nothing("pong");
      default -> new Reading.Nothing("the event is none that is listened to");
    };
  }

  /** Anybody may name a branch of a fork as they like. */
  private Reading completed(String object, String prefix, String name, String branch) {
    if (!body.text("action").equals("completed")) {
      return new Reading.Nothing("it has not completed");
    }
    String from = body.text(object + "/head_repository/full_name");
    if (!from.isEmpty() && !from.equals(body.text("repository/full_name"))) {
      return new Reading.Nothing("it comes from a fork");
    }
    String place = object + '/';
    return Reading.of(
        new Word.Ci(
            repositories(),
            body.text(place + branch),
            body.commit(place + "head_sha"),
            body.name(prefix, place + name),
            conclusion(body.text(place + "conclusion")).name(),
            Word.web(body.text(place + "html_url")),
            Word.line(body.text(place + "output/title"), LONGEST_SUMMARY),
            body.time(now, place + "completed_at", place + "updated_at")));
  }

  private static Conclusion conclusion(String word) {
    return switch (word) {
      case "success" -> Conclusion.PASSED;
      case "failure", "timed_out", "startup_failure" -> Conclusion.FAILED;
      default -> Conclusion.UNDECIDED;
    };
  }

  /** A commit may be the head of several branches; at most one of them is Capstan's. */
  private Reading status() {
    String state = body.text("state");
    if (state.equals("pending")) {
      return new Reading.Nothing("it has not completed");
    }
    return Reading.of(
        new Word.Ci(
            repositories(),
            body.texts("branches", "name").stream().filter(Word::isOurs).findFirst().orElse(""),
            body.commit("sha"),
            body.name("status: ", "context"),
            (state.equals("success") ? Conclusion.PASSED : Conclusion.FAILED).name(),
            Word.web(body.text("target_url")),
            Word.line(body.text("description"), LONGEST_SUMMARY),
            body.time(now, "updated_at")));
  }

  private Reading pullRequest() {
    if (!body.text("action").equals("closed") || !body.is("pull_request/merged")) {
      return new Reading.Nothing("it was not merged");
    }
    String from = body.text("pull_request/head/repo/full_name");
    if (!from.equals(body.text("repository/full_name"))) {
      return new Reading.Nothing("it comes from a fork");
    }
    return Reading.of(
        new Word.Merge(
            repositories(),
            body.text("pull_request/head/ref"),
            body.commit("pull_request/merge_commit_sha")));
  }

  private List<String> repositories() {
    return Stream.of("clone_url", "ssh_url", "html_url")
        .map(name -> Word.line(body.text("repository/" + name), LONGEST_SUMMARY))
        .filter(address -> !address.isEmpty())
        .toList();
  }
}
