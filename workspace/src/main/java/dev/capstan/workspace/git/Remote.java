package dev.capstan.workspace.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Another repository, by path or URL. A remote one is reached with the user's own configuration, so
 * that credential helpers and ssh work. A local one may belong to another user and is served by a
 * git of ours, which reads that repository's configuration but runs nothing that it names.
 */
record Remote(String address, boolean local) {
  /**
   * Git gives this to a shell; it is constant. Settings given so go before the repository's own.
   */
  static final String LOCAL_RECEIVER =
      "git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.alternateRefsCommand=true"
          + " -c receive.autogc=false -c receive.procReceiveRefs= -c receive.shallowUpdate=true"
          + " receive-pack";

  private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://.*");
  private static final Pattern SSH = Pattern.compile("[^/:]+:.*");
  private static final Pattern OUTAGE =
      Pattern.compile(
          "could not resolve host|couldn't connect|connection (timed out|refused|reset|closed)"
              + "|operation timed out|early eof|unexpected disconnect|remote end hung up"
              + "|returned error: (429|5\\d\\d)|temporary failure|network is unreachable"
              + "|no route to host|rpc failed|broken pipe|no space left on device"
              + "|empty reply from server|failed to connect|(recv|send) failure|transfer closed"
              + "|unable to create '[^']*\\.lock'|took longer than");

  /** What the other side means, and will say again. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "returned error: 4(?!08|29)\\d\\d|repository '[^']*' not found|not our ref|rejected]"
              + "|authentication failed|could not read (username|password)");

  static Remote at(String source) {
    if (source.isBlank() || source.startsWith("-") || source.contains("\0")) {
      throw GitFailure.lasting("not a path or URL of a repository: \"" + source + '"');
    }
    if (source.startsWith("file://") || URL.matcher(source).matches()) {
      return new Remote(source, source.startsWith("file://"));
    }
    if (SSH.matcher(source).matches()) {
      return new Remote(source, false);
    }
    return local(Path.of(source).toAbsolutePath().normalize());
  }

  private static Remote local(Path folder) {
    if (!Files.exists(folder)) {
      throw GitFailure.lasting("there is no folder " + folder + "; check the project's source");
    }
    return new Remote(folder.toString(), true);
  }

  /**
   * The same git, able to reach it. Variables and {@code -c} are withheld by git from the program
   * that serves a local repository; only a file of ours tells it to trust the owner.
   */
  Git reach(Git git, Layout layout) {
    if (!local) {
      return git.with("GIT_CONFIG_GLOBAL", "").with("GIT_CONFIG_NOSYSTEM", "");
    }
    return git.with("GIT_CONFIG_GLOBAL", trust(layout).toString());
  }

  private static Path trust(Layout layout) {
    Path file = layout.root().resolve("local.gitconfig");
    try {
      if (!Files.exists(file)) {
        Path draft = layout.scratch();
        Files.writeString(draft, "[safe]\n\tdirectory = *\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    } catch (IOException failure) {
      throw new GitFailure(file + " can't be written: " + failure, failure);
    }
  }

  GitFailure failure(String action, String errors) {
    return new GitFailure(
        action + " " + shown() + " failed: " + advice(errors) + " Git says: " + errors,
        isOutage(errors));
  }

  static boolean isOutage(String errors) {
    return OUTAGE.matcher(errors.toLowerCase(Locale.ROOT)).find();
  }

  /** Anything else may be a server or a database that is down, whatever words git has for it. */
  static boolean isRefusal(String errors) {
    return REFUSAL.matcher(errors.toLowerCase(Locale.ROOT)).find();
  }

  private static String advice(String errors) {
    String said = errors.toLowerCase(Locale.ROOT);
    if (said.contains("does not appear to be a git repository")
        || said.contains("repository not found")) {
      return "it is not a git repository, or this user may not see it; check the address.";
    }
    if (said.contains("authentication failed")
        || said.contains("could not read username")
        || said.contains("permission denied (publickey")) {
      return "access was denied; set up a credential helper or an ssh key for it.";
    }
    if (said.contains("non-fast-forward") || said.contains("fetch first")) {
      return "the branch there holds other commits, and nothing is ever pushed by force.";
    }
    return isOutage(errors) ? "it can't be reached just now; try again." : "see below.";
  }

  /** Without a password that may stand in the URL. */
  String shown() {
    return address.replaceFirst("(?<=://)[^/@]*@", "");
  }
}
