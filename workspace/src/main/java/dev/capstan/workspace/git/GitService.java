package dev.capstan.workspace.git;

import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Serves the mirrors of this machine by git's own stateless protocol, the one of its smart HTTP:
 * every commit may be fetched by its id, and only hidden refs may be written. Throws {@link
 * GitFailure} if git cannot.
 */
public final class GitService {
  private static final String NEWEST = "version=2";

  private final Layout layout;

  /** {@code root} is where the mirrors are kept. */
  public GitService(Path root) {
    this.layout = Layout.below(root);
  }

  /** What a client may ask for. */
  public enum Service {
    /** It fetches. */
    UPLOAD_PACK("upload-pack"),
    /** It pushes. */
    RECEIVE_PACK("receive-pack");

    private final String command;

    Service(String command) {
      this.command = command;
    }

    /** By the name that git's clients use, such as {@code git-upload-pack}. */
    public static Optional<Service> named(String name) {
      for (Service service : values()) {
        if (name.equals("git-" + service.command)) {
          return Optional.of(service);
        }
      }
      return Optional.empty();
    }

    public String contentType(String what) {
      return "application/x-git-" + command + '-' + what;
    }
  }

  /**
   * A client's request.
   *
   * @param protocol the header Git-Protocol, or ""
   * @param writable the beginning of the refs that it may write, below {@code refs/capstan/}; empty
   *     for none
   */
  public record Request(
      ProjectId project, Service service, String protocol, Optional<String> writable) {}

  public boolean serves(ProjectId project) {
    return Files.isDirectory(layout.mirror(project));
  }

  /** Says what there is. */
  public void advertise(Request request, OutputStream out) throws IOException {
    if (request.service() == Service.RECEIVE_PACK || !request.protocol().equals(NEWEST)) {
      String line = "# service=git-" + request.service().command + "\n";
      out.write(
          String.format("%04x%s0000", line.length() + 4, line).getBytes(StandardCharsets.US_ASCII));
    }
    run(request, InputStream.nullInputStream(), out, "--advertise-refs");
  }

  /** Answers one request. */
  public void answer(Request request, InputStream in, OutputStream out) throws IOException {
    run(request, in, out, "--stateless-rpc");
  }

  private void run(Request request, InputStream in, OutputStream out, String mode)
      throws IOException {
    Git git = layout.git(request.project());
    if (request.protocol().equals(NEWEST)) {
      git = git.with("GIT_PROTOCOL", NEWEST);
    }
    List<String> arguments = new ArrayList<>();
    for (String setting : settings(request)) {
      arguments.addAll(List.of("-c", setting));
    }
    arguments.addAll(List.of(request.service().command, mode, git.gitDir().toString()));
    git.stream(in, out, arguments.toArray(String[]::new));
  }

  private static List<String> settings(Request request) {
    return switch (request.service()) {
      case UPLOAD_PACK -> List.of("uploadpack.allowAnySHA1InWant=true");
      case RECEIVE_PACK -> {
        List<String> settings =
            new ArrayList<>(
                List.of(
                    "http.receivepack=true",
                    "receive.autogc=false",
                    "receive.denyDeletes=true",
                    "receive.fsckObjects=true",
                    "receive.hideRefs=refs"));
        request.writable().ifPresent(refs -> settings.add("receive.hideRefs=!" + refs));
        yield settings;
      }
    };
  }
}
