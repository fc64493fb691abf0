package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteMirrorsTest {
  private static final ProjectId PROJECT = new ProjectId("shop");
  private static final CommitId COMMIT = new CommitId("1234567890123456789012345678901234567890");
  private static final int SILENT = 3;

  /** What a server does that is killed in the middle of an answer, or has lost its database. */
  @Test
  void a_server_that_hangs_up_without_a_word_is_asked_again_until_it_refuses(@TempDir Path folder)
      throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        RemoteMirrors mirrors = new RemoteMirrors(folder, at(server.getLocalPort()))) {
      Thread.ofVirtual().start(() -> serve(server, asked));

      assertThatThrownBy(() -> mirrors.paths(PROJECT, COMMIT))
          .isInstanceOf(GitFailure.class)
          .hasMessageContaining("not found");
      assertThat(asked).hasValue(SILENT + 1);
    }
  }

  @Test
  void what_one_machine_rescues_is_kept_by_the_server_and_found_by_another(@TempDir Path temporary)
      throws Exception {
    Path folder = temporary.toRealPath();
    String turns = "refs/capstan/run-1/one/1/turn-";
    SourceRepository source = SourceRepository.small(folder.resolve("source"));
    try (GitFolders server = new GitFolders(folder.resolve("server"));
        RemoteMirrors one = mirrorsOf(folder, "one");
        RemoteMirrors other = mirrorsOf(folder, "other")) {
      server.mirror(PROJECT, source.folder().toString());
      CommitId base = new CommitId(source.head());
      Path work = folder.resolve("one/work/tree");
      one.checkOut(PROJECT, base, work);
      SourceRepository.writeBelow(work, "half.txt", "half done\n");

      CommitId left = one.rescue(PROJECT, work, base, turns + 1, Instant.EPOCH).orElseThrow();

      assertThat(server.kept(PROJECT, turns + 1)).contains(left);
      assertThat(other.kept(PROJECT, turns + 1)).contains(left);
      assertThat(other.kept(PROJECT, turns + 2)).isEmpty();
      assertThat(other.diff(PROJECT, base, left, 1_000)).contains("+half done");
    }
  }

  /** A worker that begins anew rescues what an earlier one left before it has reached a server. */
  @Test
  void what_is_rescued_before_a_server_was_reached_is_kept_here(@TempDir Path temporary)
      throws Exception {
    Path folder = temporary.toRealPath();
    String turn = "refs/capstan/run-1/one/1/turn-1";
    SourceRepository source = SourceRepository.small(folder.resolve("source"));
    CommitId base = new CommitId(source.head());
    Path work = folder.resolve("one/work/tree");
    try (GitFolders server = new GitFolders(folder.resolve("server"));
        RemoteMirrors before = mirrorsOf(folder, "one")) {
      server.mirror(PROJECT, source.folder().toString());
      before.checkOut(PROJECT, base, work);
    }
    SourceRepository.writeBelow(work, "half.txt", "half done\n");

    try (RemoteMirrors again = new RemoteMirrors(folder.resolve("one"), at(Optional.empty()))) {
      assertThat(again.kept(PROJECT, turn)).isEmpty();
      CommitId left = again.rescue(PROJECT, work, base, turn, Instant.EPOCH).orElseThrow();
      assertThat(again.kept(PROJECT, turn)).contains(left);
    }
  }

  private static RemoteMirrors mirrorsOf(Path folder, String machine) {
    Path mirror = folder.resolve("server/mirrors/shop.git");
    return new RemoteMirrors(folder.resolve(machine), at(Optional.of(mirror.toString())));
  }

  private static RemoteMirrors.Server at(int port) {
    return at(Optional.of("http://127.0.0.1:" + port + "/git/shop/"));
  }

  private static RemoteMirrors.Server at(Optional<String> url) {
    return new RemoteMirrors.Server() {
      @Override
      public Optional<String> url(ProjectId project) {
        return url;
      }

      @Override
      public List<String> headers() {
        return List.of();
      }

      @Override
      public Optional<Path> authorities() {
        return Optional.empty();
      }
    };
  }

  private static void serve(ServerSocket server, AtomicInteger asked) {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          var _ = client.getInputStream().read(new byte[4096]);
          if (asked.incrementAndGet() > SILENT) {
            client
                .getOutputStream()
                .write(
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
          }
        }
      }
    } catch (IOException _) {
      // The test is over.
    }
  }
}
