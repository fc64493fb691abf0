package dev.capstan.workspace.toolchain;

import dev.capstan.workspace.toolchain.ConfigFile.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The toolchain that a repository tells itself: each key that is given takes the place of what was
 * found.
 */
final class ConfiguredToolchain {
  static final String FILE = Toolchain.CONFIGURATION;

  private static final Pattern CACHE = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern REPEATS = Pattern.compile("[0-9]");
  private static final Toolchain NOTHING =
      new Toolchain(
          "configured",
          List.of(),
          List.of(),
          List.of(),
          false,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Passed.and(),
          List.of());

  private ConfiguredToolchain() {}

  /** The part of the file that tells the toolchain; empty when there is none. */
  static Optional<Entry> read(WorkTree tree) throws Unusable {
    Optional<String> text = tree.text(FILE);
    if (text.isEmpty() || text.get().isBlank()) {
      return Optional.empty();
    }
    Entry part = ConfigFile.parse(FILE, text.get()).entry("toolchain");
    return part.given() ? Optional.of(part) : Optional.empty();
  }

  static Toolchain over(Optional<Toolchain> found, Entry part) throws Unusable {
    part.withKeys(
        "set_up",
        "measure",
        "measure_fills_cache",
        "reports",
        "coverage",
        "analysis",
        "flaky_repeats",
        "fingerprint",
        "caches",
        "executables",
        "environment",
        "prepared");
    Toolchain base = found.orElse(NOTHING);
    if (part.at("measure").isEmptyList()) {
      throw part.at("measure").wrong("must name at least one command");
    }
    if (base.measure().isEmpty() && !part.at("measure").given()) {
      throw part.wrong("needs measure: no other sign of how to test was found");
    }
    Entry fills = part.at("measure_fills_cache");
    return new Toolchain(
        "configured",
        because(base),
        commands(part.at("set_up"), true, base.setUp()),
        commands(part.at("measure"), false, base.measure()),
        fills.given() ? fills.flag() : base.measureFillsCache() && !part.at("measure").given(),
        places(part.at("reports"), base.reportGlobs()),
        places(part.at("coverage"), base.coverageGlobs()),
        places(part.at("analysis"), base.analysisGlobs()),
        repeats(part.at("flaky_repeats")),
        places(part.at("fingerprint"), base.fingerprint()),
        caches(part.at("caches"), base.caches()),
        texts(part.at("executables"), base.executables()),
        variables(part.at("environment"), base.environment()),
        places(part.at("prepared"), base.prepared()));
  }

  private static int repeats(Entry entry) throws Unusable {
    if (!entry.given()) {
      return 0;
    }
    if (!REPEATS.matcher(entry.text()).matches()) {
      throw entry.wrong("must be a number from 0 to 9");
    }
    return Integer.parseInt(entry.text());
  }

  private static List<String> because(Toolchain base) {
    List<String> because = new ArrayList<>(List.of(FILE + " tells it"));
    because.addAll(base.because());
    return because;
  }

  private static List<ToolCommand> commands(Entry entry, boolean setUp, List<ToolCommand> otherwise)
      throws Unusable {
    if (!entry.given()) {
      return otherwise;
    }
    List<ToolCommand> commands = new ArrayList<>();
    for (Entry item : entry.items()) {
      commands.add(ConfiguredCommand.read(item, setUp));
    }
    return commands;
  }

  private static List<String> texts(Entry entry, List<String> otherwise) throws Unusable {
    return entry.given() ? entry.texts() : otherwise;
  }

  private static List<String> places(Entry entry, List<String> otherwise) throws Unusable {
    List<String> places = texts(entry, otherwise);
    for (String place : entry.given() ? places : List.<String>of()) {
      boolean reports = place.startsWith(Toolchain.REPORTS + "/");
      if ((place.startsWith("/") && !reports) || List.of(place.split("/", -1)).contains("..")) {
        throw entry.wrong(
            "names %s: a place must be in the work tree or under %s"
                .formatted(place, Toolchain.REPORTS));
      }
    }
    return places;
  }

  private static List<String> variables(Entry entry, List<String> otherwise) throws Unusable {
    List<String> names = new ArrayList<>(otherwise);
    for (String name : texts(entry, List.of())) {
      if (!VARIABLE.matcher(name).matches()) {
        throw entry.wrong("names " + name + ", which is no name of a variable");
      }
      names.add(name);
    }
    return names;
  }

  private static List<Cache> caches(Entry entry, List<Cache> otherwise) throws Unusable {
    if (!entry.given()) {
      return otherwise;
    }
    List<Cache> caches = new ArrayList<>();
    for (Entry item : entry.items()) {
      if (!CACHE.matcher(item.text()).matches()) {
        throw item.wrong("must be lower-case letters, digits and hyphens, at most 31");
      }
      caches.add(Cache.named(item.text()));
    }
    return caches;
  }
}
