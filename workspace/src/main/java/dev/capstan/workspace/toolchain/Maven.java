package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.List;

/** How Maven is called: on the project's own cache, for a log and not for a terminal. */
public final class Maven {
  /** The name of its toolchain. */
  public static final String NAME = "maven";

  static final Cache REPOSITORY = Cache.named("m2");
  static final String OFFLINE = "-o";

  private Maven() {}

  /** The command line with these options and goals. */
  public static List<String> argv(boolean offline, List<String> optionsAndGoals) {
    List<String> argv = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-Dstyle.color=never"));
    if (offline) {
      argv.add(OFFLINE);
    }
    argv.add("-Dmaven.repo.local=" + REPOSITORY.insidePath());
    argv.addAll(optionsAndGoals);
    return argv;
  }
}
