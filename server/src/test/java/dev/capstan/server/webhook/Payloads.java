package dev.capstan.server.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Bodies in the shape that GitHub and GitLab publish. */
final class Payloads {
  static final String BRANCH = "capstan/change-the-shop-run-1";
  static final String COMMIT = "c0ffee".repeat(6) + "0000";
  static final List<String> GITHUB =
      List.of("check_run", "check_suite", "workflow_run", "status", "pull_request", "ping");
  static final List<String> GITLAB = List.of("pipeline", "merge_request");

  private Payloads() {}

  static byte[] github(String event) {
    return read("github-" + event);
  }

  static byte[] gitlab(String kind) {
    return read("gitlab-" + kind);
  }

  private static byte[] read(String name) {
    try (InputStream file =
        Objects.requireNonNull(Payloads.class.getResourceAsStream("/webhook/" + name + ".json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@BRANCH@", BRANCH)
          .replace("@COMMIT@", COMMIT)
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
