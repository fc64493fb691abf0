package dev.capstan.workspace.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs git. Nothing of the user's environment or configuration reaches it, except where {@link
 * Remote} adds what is needed to log in.
 *
 * @param gitDir always given, so git looks for no other repository
 * @param environment on top of the bare one; "" for a variable to be left out
 */
record Git(Path gitDir, Map<String, String> environment, Duration limit) {
  static final long UNLIMITED = Long.MAX_VALUE;
  private static final int MESSAGE_LENGTH = 2_000;
  private static final List<String> SETTINGS =
      List.of(
          "core.hooksPath=/dev/null",
          "core.fsmonitor=false",
          "core.untrackedCache=false",
          "core.autocrlf=false",
          "core.quotePath=false",
          "core.excludesFile=/dev/null",
          "core.attributesFile=/dev/null",
          "core.fsync=committed,reference",
          "core.fsyncMethod=batch",
          "gc.auto=0",
          "maintenance.auto=false",
          "submodule.recurse=false",
          "diff.ignoreSubmodules=all",
          "commit.gpgSign=false",
          "i18n.commitEncoding=UTF-8",
          "checkout.workers=0");

  /**
   * How it ended.
   *
   * @param output its bytes, one per character
   * @param cut true if there was more output than asked for
   */
  record Outcome(int exit, String output, boolean cut, String errors) {
    String text() {
      return Git.text(output);
    }
  }

  private record Output(String bytes, boolean cut) {}

  Git {
    environment = Map.copyOf(environment);
  }

  static Git in(Path gitDir) {
    return new Git(gitDir, Map.of(), Duration.ofMinutes(10));
  }

  Git with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Git(gitDir, more, limit);
  }

  Git within(Duration newLimit) {
    return new Git(gitDir, environment, newLimit);
  }

  /** Its output as text without the line end; throws if it fails. */
  String line(String... arguments) {
    return run("", arguments).text().strip();
  }

  Outcome run(String input, String... arguments) {
    Outcome outcome = attempt(input, UNLIMITED, arguments);
    if (outcome.exit() != 0) {
      throw failure(outcome, arguments);
    }
    return outcome;
  }

  /** Runs to the end, whatever the exit. */
  Outcome ask(String... arguments) {
    return attempt("", UNLIMITED, arguments);
  }

  /** Bytes, one per character, as UTF-8. */
  private static String text(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** UTF-8 as bytes, one per character. */
  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  GitFailure failure(Outcome outcome, String... arguments) {
    return new GitFailure(
        "git "
            + arguments[0]
            + " failed in "
            + gitDir
            + " with exit "
            + outcome.exit()
            + ": "
            + outcome.errors(),
        false);
  }

  /**
   * Runs to the end, whatever the exit.
   *
   * @param input bytes, one per character
   * @param maxOutput in bytes; with more git is ended and the output is cut.
   */
  Outcome attempt(String input, long maxOutput, String... arguments) {
    try {
      return exchange(start(arguments), input, maxOutput, arguments[0]);
    } catch (IOException failure) {
      throw new GitFailure(
          "git could not be run; is it installed? (" + failure.getMessage() + ")", failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new GitFailure("interrupted while git " + arguments[0] + " ran", interruption);
    }
  }

  /**
   * Runs to the end between two streams, which stay open.
   *
   * @throws IOException if a stream fails; git is ended then
   */
  void stream(InputStream input, OutputStream output, String... arguments) throws IOException {
    Process process = start(arguments);
    try {
      CompletableFuture<Output> errors = read(process.getErrorStream(), 1_000_000, () -> {});
      Thread feeding = Thread.ofVirtual().start(() -> feed(process, input));
      process.getInputStream().transferTo(output);
      output.flush();
      feeding.interrupt();
      int exit = process.waitFor();
      if (exit != 0) {
        throw failure(
            new Outcome(exit, "", false, shorten(text(errors.join().bytes()).strip())), arguments);
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new GitFailure("interrupted while git was served", interruption);
    } finally {
      end(process);
    }
  }

  private static void feed(Process process, InputStream input) {
    try (OutputStream stream = process.getOutputStream()) {
      input.transferTo(stream);
    } catch (IOException _) {
      return;
    }
  }

  /** To be ended by the caller. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git", "--no-pager", "--git-dir=" + gitDir));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    prepare(builder.environment());
    return builder.start();
  }

  private void prepare(Map<String, String> variables) {
    variables.keySet().removeIf(name -> name.startsWith("GIT_") || name.equals("SSH_ASKPASS"));
    variables.put("GIT_CONFIG_NOSYSTEM", "1");
    variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
    variables.put("GIT_ATTR_NOSYSTEM", "1");
    variables.put("GIT_TERMINAL_PROMPT", "0");
    variables.put("GIT_NO_LAZY_FETCH", "1");
    variables.put("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
    variables.put("LC_ALL", "C");
    variables.putAll(environment);
    variables.values().removeIf(String::isEmpty);
  }

  private Outcome exchange(Process process, String input, long maxOutput, String name)
      throws InterruptedException {
    try {
      CompletableFuture<Output> errors = read(process.getErrorStream(), 1_000_000, () -> {});
      CompletableFuture<Output> output =
          read(process.getInputStream(), maxOutput, () -> end(process));
      feed(process, input);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new GitFailure(
            "git " + name + " in " + gitDir + " took longer than " + limit + " and was ended",
            true);
      }
      Output read = output.join();
      String said = text(errors.join().bytes()).strip();
      return new Outcome(process.exitValue(), read.bytes(), read.cut(), shorten(said));
    } finally {
      end(process);
    }
  }

  /** By handle, since the process itself would close streams that are still being read. */
  static void end(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.toHandle().destroyForcibly();
    }
  }

  /** Git may end before it has read all; its exit then says why. */
  private static void feed(Process process, String input) {
    Thread.ofVirtual()
        .start(() -> {
          try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.ISO_8859_1));
          } catch (IOException _) {
            return;
          }
        });
  }

  private static CompletableFuture<Output> read(InputStream stream, long limit, Runnable whenCut) {
    CompletableFuture<Output> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            result.complete(readUpTo(stream, limit, whenCut));
          } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            result.completeExceptionally(failure);
          }
        });
    return result;
  }

  private static Output readUpTo(InputStream stream, long limit, Runnable whenCut)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[65_536];
    for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
      int room = (int) Math.min(n, limit - bytes.size());
      bytes.write(buffer, 0, room);
      if (room < n) {
        whenCut.run();
        return new Output(bytes.toString(StandardCharsets.ISO_8859_1), true);
      }
    }
    return new Output(bytes.toString(StandardCharsets.ISO_8859_1), false);
  }

  /** Reads what nobody looks at, so that git never waits for it. */
  static void drain(InputStream stream) {
    try (stream) {
      stream.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      return;
    }
  }

  private static String shorten(String text) {
    return text.length() <= MESSAGE_LENGTH ? text : text.substring(0, MESSAGE_LENGTH) + " ...";
  }
}
