package dev.capstan.server;

import dev.capstan.sandbox.Bubblewrap;
import dev.capstan.sandbox.ControlGroups;
import dev.capstan.sandbox.SandboxUnavailable;
import dev.capstan.worker.SetUpNetwork;
import dev.capstan.workspace.toolchain.ToolProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What this machine has of what Capstan needs. Changes nothing but the sandbox's own small folder.
 */
public final class Checkup {
  private static final List<String> NEEDED = List.of("git");

  private Checkup() {}

  /** One thing that was looked at; {@code detail} says what was found, or how to install it. */
  public record Finding(String name, boolean needed, boolean well, String detail) {}

  public static List<Finding> of(Settings settings) {
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding("java", true, true, Runtime.version().toString()));
    for (ToolProbe.Tool tool : ToolProbe.probe()) {
      findings.add(finding(tool));
    }
    findings.add(sandbox(settings));
    findings.add(network(settings.setUpNetwork()));
    findings.add(new Finding("commits", false, true, "signed by " + settings.signing().inWords()));
    Path data = settings.data();
    boolean usable = !Files.exists(data) || (Files.isDirectory(data) && Files.isWritable(data));
    findings.add(
        new Finding(
            "data folder",
            true,
            usable,
            data + (usable ? "" : " cannot be written; choose another one with --data")));
    return findings;
  }

  private static Finding finding(ToolProbe.Tool tool) {
    boolean needed = NEEDED.contains(tool.name());
    return switch (tool.presence()) {
      case ToolProbe.Presence.Found found ->
          new Finding(tool.name(), needed, true, found.version() + " at " + found.path());
      case ToolProbe.Presence.Missing missing ->
          new Finding(tool.name(), needed, false, "not found; " + missing.howToInstall());
    };
  }

  private static Finding network(SetUpNetwork network) {
    return switch (network) {
      case SetUpNetwork.Direct _ ->
          new Finding(
              "network of set-up",
              false,
              false,
              "WARNING: direct; a base commit's build reaches all that this machine does."
                  + " Unset CAPSTAN_NETWORK, and name what it needs in CAPSTAN_ALLOW");
      case SetUpNetwork.Filtered(var more) ->
          new Finding(
              "network of set-up",
              false,
              true,
              "only registries of the project's tools"
                  + (more.entries().isEmpty()
                      ? ""
                      : " and " + String.join(", ", new TreeSet<>(more.entries()))));
    };
  }

  private static Finding sandbox(Settings settings) {
    ControlGroups groups = ControlGroups.detect(settings.environment());
    try {
      Bubblewrap found = Bubblewrap.find(settings.data().resolve("sandbox"), groups, "doctor");
      String filter =
          found.filtersSystemCalls()
              ? "system calls are filtered; "
              : "system calls are not filtered on this processor; ";
      String layers =
          found.laysLayers()
              ? "caches get private layers; "
              : "caches can only be read, as overlays cannot be mounted here; ";
      return new Finding(
          "sandbox", true, true, "bubblewrap works; " + filter + layers + groups.summary());
    } catch (SandboxUnavailable missing) {
      return new Finding("sandbox", true, false, String.valueOf(missing.getMessage()));
    }
  }
}
