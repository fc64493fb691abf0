package dev.capstan.workspace.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore.Resolved;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
  private static final ProjectId PROJECT = new ProjectId("shop");

  @TempDir Path folder;
  private SourceRepository source;
  private GitFolders git;
  private Path mirror;

  @BeforeEach
  void make_a_source() {
    source = SourceRepository.small(folder.resolve("source"));
    git = new GitFolders(folder.resolve("root"), Duration.ofMillis(1));
    mirror = folder.resolve("root/mirrors/shop.git");
  }

  private void fetch() throws InterruptedException {
    git.mirror(PROJECT, source.folder().toString());
  }

  private CommitId head() {
    return new CommitId(source.head());
  }

  @Test
  void it_follows_the_source_and_keeps_what_is_ours() throws Exception {
    source.git("branch", "gone");
    fetch();
    CommitId first = head();
    git.keep(PROJECT, "refs/capstan/runs/one", first);
    source.git("branch", "-D", "gone");
    source.git("commit", "--quiet", "--amend", "-m", "Rewritten");
    source.git("checkout", "-q", "-b", "trunk");
    fetch();

    assertThat(git.resolve(PROJECT, "")).isEqualTo(new Resolved(head(), "trunk"));
    assertThat(git.resolve(PROJECT, "main").commit()).isEqualTo(head()).isNotEqualTo(first);
    assertThat(git.resolve(PROJECT, first.value())).isEqualTo(new Resolved(first, ""));
    assertThat(SourceRepository.run(mirror, "rev-parse", "refs/capstan/runs/one"))
        .isEqualTo(first.value());
    assertThatThrownBy(() -> git.resolve(PROJECT, "gone"))
        .hasMessageContaining("there is no commit for \"gone\" in shop; check the branch");
  }

  @Test
  void branches_tags_and_commits_are_told_apart() throws Exception {
    source.git("tag", "-a", "v1", "-m", "One");
    fetch();

    assertThat(git.resolve(PROJECT, "main")).isEqualTo(new Resolved(head(), "main"));
    assertThat(git.resolve(PROJECT, "v1")).isEqualTo(new Resolved(head(), ""));
    assertThat(git.resolve(PROJECT, head().value())).isEqualTo(new Resolved(head(), ""));
    assertThat(git.objects(PROJECT)).isDirectory().isEqualTo(mirror.resolve("objects"));
  }

  @Test
  void a_detached_head_is_a_commit_without_a_branch() throws Exception {
    source.git("checkout", "-q", "--detach");
    source.git("commit", "--quiet", "--allow-empty", "-m", "On no branch");
    fetch();

    assertThat(git.resolve(PROJECT, "")).isEqualTo(new Resolved(head(), ""));
  }

  @Test
  void a_shallow_source_is_mirrored_and_checked_out() throws Exception {
    source.write("two.txt", "two").commit("Second");
    Path shallow = folder.resolve("shallow");
    source.git("clone", "-q", "--depth=1", "file://" + source.folder(), shallow.toString());
    git.mirror(PROJECT, shallow.toString());
    Path work = folder.resolve("root/work/one");
    git.checkOut(PROJECT, head(), work);

    assertThat(SourceRepository.run(work, "log", "--format=%s")).isEqualTo("Second");
    assertThat(SourceRepository.run(work, "status", "--porcelain")).isEmpty();
  }

  @Test
  void what_is_no_usable_repository_is_said_plainly() {
    Path empty = SourceRepository.empty(folder.resolve("empty")).folder();
    assertThatThrownBy(() -> git.mirror(PROJECT, empty.toString()))
        .isInstanceOfSatisfying(
            GitFailure.class, failure -> assertThat(failure.recoverable()).isFalse())
        .hasMessageContaining("is empty; make a first commit there");
    assertThatThrownBy(() -> git.mirror(PROJECT, source.folder().resolve("src").toString()))
        .hasMessageContaining("it is not a git repository");
    assertThatThrownBy(() -> git.mirror(PROJECT, folder.resolve("nowhere").toString()))
        .hasMessageContaining("there is no folder");
    assertThatThrownBy(() -> git.mirror(PROJECT, "--upload-pack=touch x"))
        .hasMessageContaining("not a path or URL");
    assertThatThrownBy(() -> git.mirror(PROJECT, "ext::sh -c true"))
        .hasMessageContaining("transport 'ext' not allowed");
    assertThat(mirror).doesNotExist();
    assertThatThrownBy(() -> git.resolve(PROJECT, "")).hasMessageContaining("has no mirror");
  }

  @Test
  void an_unknown_commit_is_said_plainly() throws Exception {
    fetch();
    CommitId unknown = new CommitId("1".repeat(40));

    assertThatThrownBy(() -> git.checkOut(PROJECT, unknown, folder.resolve("root/work/one")))
        .hasMessageContaining("there is no commit for " + unknown);
  }

  @Test
  void a_source_of_another_user_is_read_and_nothing_of_its_configuration_is_run() throws Exception {
    Path trap = folder.resolve("sprung");
    Path program = folder.resolve("trap.sh");
    Files.writeString(program, "#!/bin/sh\ntouch " + trap + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    source.git("config", "core.fsmonitor", program.toString());
    Path hooks = Files.createDirectories(source.folder().resolve("hooks"));
    source.git("config", "core.hooksPath", hooks.toString());
    source.git("config", "core.alternateRefsCommand", program.toString());
    source.git("config", "uploadpack.packObjectsHook", program.toString());
    for (String hook : new String[] {"pre-receive", "update", "post-receive", "post-update"}) {
      Files.copy(program, hooks.resolve(hook));
    }
    if (Files.isWritable(Path.of("/etc"))) {
      SourceRepository.program(folder, List.of("chown", "-R", "65534", "source"));
    }
    fetch();
    git.push(PROJECT, head(), source.folder().toString(), "capstan/one");

    assertThat(git.resolve(PROJECT, "").commit()).isEqualTo(head());
    assertThat(source.git("rev-parse", "capstan/one")).isEqualTo(head().value());
    assertThat(trap).doesNotExist();
  }

  @Test
  void locks_of_a_killed_git_and_half_a_mirror_are_mended() throws Exception {
    fetch();
    for (String lock : new String[] {"HEAD.lock", "packed-refs.lock", "refs/heads/main.lock"}) {
      Files.writeString(mirror.resolve(lock), "");
    }
    source.write("two.txt", "two").commit("Second");
    fetch();
    assertThat(git.resolve(PROJECT, "main").commit()).isEqualTo(head());

    Files.delete(mirror.resolve("HEAD"));
    fetch();
    assertThat(git.resolve(PROJECT, "main").commit()).isEqualTo(head());
  }

  @Test
  void many_who_mirror_at_once_share_one_mirror() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 4)
              .mapToObj(_ ->
                  threads.<Boolean>submit(() -> {
                    new GitFolders(folder.resolve("root"))
                        .mirror(PROJECT, source.folder().toString());
                    return true;
                  }))
              .toList();
      for (Future<Boolean> each : all) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(git.resolve(PROJECT, "").commit()).isEqualTo(head());
    assertThat(folder.resolve("root/scratch")).isEmptyDirectory();
  }

  @Test
  void servers_with_folders_of_their_own_share_one_mirror_and_clear_only_what_they_began()
      throws Exception {
    Path shared = folder.resolve("shared");
    try (GitFolders left =
            new GitFolders(folder.resolve("left"), shared, "left", new Signing.None());
        GitFolders right =
            new GitFolders(folder.resolve("right"), shared, "right", new Signing.None())) {
      left.mirror(PROJECT, source.folder().toString());
      assertThat(right.resolve(PROJECT, "").commit()).isEqualTo(head());
      assertThat(folder.resolve("left/mirrors")).doesNotExist();
      Path begun = Files.createDirectories(shared.resolve("drafts/left.1/deep")).getParent();
      Path theirs = Files.createDirectories(shared.resolve("drafts/right.1"));
      Path clone = Files.createDirectories(folder.resolve("right/scratch/clone"));

      left.clearUnfinished();

      assertThat(begun).doesNotExist();
      assertThat(theirs).exists();
      assertThat(clone).exists();
    }
  }

  @Test
  void an_outage_is_tried_three_times_and_a_refusal_once() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger status = new AtomicInteger(503);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://user:secret@127.0.0.1:" + server.getAddress().getPort() + "/shop.git";
      assertThatThrownBy(() -> git.mirror(PROJECT, url))
          .isInstanceOfSatisfying(
              GitFailure.class, failure -> assertThat(failure.recoverable()).isTrue())
          .hasMessageNotContaining("secret");
      assertThat(requests).hasValue(3);

      status.set(404);
      assertThatThrownBy(() -> git.mirror(PROJECT, url))
          .isInstanceOfSatisfying(
              GitFailure.class, failure -> assertThat(failure.recoverable()).isFalse());
      assertThat(requests).hasValue(4);
    } finally {
      server.stop(0);
    }
  }
}
