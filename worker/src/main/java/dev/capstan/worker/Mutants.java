package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Network;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MutationQuestion.Asked;
import dev.capstan.verification.MutationRun;
import dev.capstan.verification.Reports.CommandResult;
import dev.capstan.verification.Reports.CommandResult.Ending;
import dev.capstan.verification.mutation.SourceClass;
import dev.capstan.verification.report.PitXml;
import dev.capstan.verification.report.ReportFiles;
import dev.capstan.verification.report.ReportedMutant;
import dev.capstan.verification.report.SurefireProperties;
import dev.capstan.verification.report.UnreadableReport;
import dev.capstan.worker.Commands.Surroundings;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.toolchain.Pit;
import dev.capstan.workspace.toolchain.ToolCommand;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Has PIT put faults into the classes of a tree whose tests have just passed, module by module,
 * with the class path that Surefire used. In the sandbox, without the network.
 */
final class Mutants {
  private static final int MOST_REPORTS = 50;
  private static final String REPORTS = "target/surefire-reports/TEST-*.xml";
  private static final Pattern REPORT = Pattern.compile("TEST-([A-Za-z_][A-Za-z0-9_.$]*)\\.xml");

  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final Asked asked;
  private final Pit pit;

  Mutants(Workshop workshop, Journal journal, LeasedTask leased, Asked asked, Pit pit) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.asked = asked;
    this.pit = pit;
  }

  /** Why there is no answer. */
  private static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    NoAnswer(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Of a commit that is measured for that alone. */
  MutationRun at(CommitId commit, String purpose, Trust trust)
      throws IOException, InterruptedException {
    Measurer measurer = new Measurer(workshop, journal, leased);
    try (Folder folder = workshop.folders().open(leased, commit, purpose)) {
      Recipe recipe = measurer.recipe(folder);
      return measure(folder, recipe.toolchain(), measurer.measure(folder, recipe, trust));
    }
  }

  MutationRun measure(Folder folder, Toolchain toolchain, Measurement measurement)
      throws IOException, InterruptedException {
    if (!measurement.isGreen()) {
      return new MutationRun.NotMeasured(
          "faults are put into code only where all tests pass: " + measurement.summary());
    }
    Map<String, List<SourceClass>> modules =
        asked.classes().stream()
            .collect(Collectors.groupingBy(SourceClass::module, TreeMap::new, Collectors.toList()));
    List<ReportedMutant> all = new ArrayList<>();
    try {
      for (Map.Entry<String, List<SourceClass>> module : modules.entrySet()) {
        all.addAll(mutants(folder, toolchain, module.getKey(), module.getValue()));
      }
      return new MutationRun.Measured(all);
    } catch (NoAnswer none) {
      return new MutationRun.NotMeasured(none.reason());
    }
  }

  private List<ReportedMutant> mutants(
      Folder folder, Toolchain toolchain, String module, List<SourceClass> classes)
      throws NoAnswer, IOException, InterruptedException {
    SortedSet<Path> reports = reports(folder, module);
    SurefireProperties surefire = surefire(reports, module);
    PitInstallation installation = new PitInstallation(workshop, journal, leased, pit);
    Optional<String> missing = installation.fetch(toolchain);
    if (missing.isPresent()) {
      throw new NoAnswer(missing.get());
    }
    TestClassPath path = TestClassPath.of(surefire, workshop.caches().folder(leased.project()));
    List<String> jars =
        installation.jars().stream()
            .filter(jar -> path.usesPlatform() || !jar.startsWith(Pit.PLATFORM_PLUGIN))
            .toList();
    Path home = folder.tree().resolve(module);
    ToolCommand command =
        pit.run(
            java(surefire.javaHome()),
            jars,
            classes.stream().map(SourceClass::name).toList(),
            tests(reports),
            home.resolve("src/main/java").toString());
    Path report = folder.fresh("mutants");
    Path classPath = Files.write(folder.fresh("class-path").resolve("entries"), path.entries());
    List<Bind> binds =
        new ArrayList<>(
            new Measurer(workshop, journal, leased).binds(folder, toolchain, Network.NONE));
    binds.add(installation.bind());
    binds.add(new Bind.Writable(report, Path.of(Pit.REPORT)));
    binds.add(new Bind.ReadOnly(classPath, Path.of(Pit.CLASS_PATH)));
    return read(run(command, home, binds), report);
  }

  private static SortedSet<Path> reports(Folder folder, String module) throws NoAnswer {
    try {
      return ReportFiles.find(folder.tree(), List.of(module + REPORTS));
    } catch (UnreadableReport unreadable) {
      throw new NoAnswer(module + REPORTS + ": " + unreadable.getMessage());
    }
  }

  private static SurefireProperties surefire(SortedSet<Path> reports, String module)
      throws NoAnswer {
    try {
      for (Path file : reports.stream().limit(MOST_REPORTS).toList()) {
        Optional<SurefireProperties> found = SurefireProperties.read(ReportFiles.read(file));
        if (found.isPresent()) {
          return found.get();
        }
      }
    } catch (UnreadableReport unreadable) {
      throw new NoAnswer(module + REPORTS + " can't be read: " + unreadable.getMessage());
    }
    throw new NoAnswer(
        "PIT needs the class path of the tests, which Surefire's reports name; "
            + module
            + REPORTS
            + " names none");
  }

  /** What Surefire ran, as it calls its reports: other classes of tests may need a server. */
  private static List<String> tests(SortedSet<Path> reports) {
    return reports.stream()
        .map(report -> REPORT.matcher(report.getFileName().toString()))
        .filter(Matcher::matches)
        .map(name -> name.group(1))
        .toList();
  }

  /** The one that ran the tests, if it is one of this machine: a report could name any program. */
  private String java(String home) {
    Path program = Path.of(home, "bin", "java");
    boolean ours =
        program.equals(program.normalize())
            && workshop.system().binds(Network.NONE).stream()
                .anyMatch(bind -> program.startsWith(bind.inside()));
    return ours ? program.toString() : "java";
  }

  private CommandResult run(ToolCommand command, Path home, List<Bind> binds)
      throws NoAnswer, InterruptedException {
    CommandResult result = runLocked(command, home, binds);
    if (result.ending() instanceof Ending.Ended(int code) && code == 0) {
      return result;
    }
    throw new NoAnswer(CommandResults.inWords(List.of("PIT", pit.version()), result));
  }

  private CommandResult runLocked(ToolCommand command, Path home, List<Bind> binds)
      throws InterruptedException {
    Lock lock = workshop.caches().lock(leased.project()).readLock();
    lock.lockInterruptibly();
    try {
      journal.forget();
      return new Commands(workshop, journal, leased)
          .run(
              command.argv(),
              new Surroundings(home, binds, workshop.system().environment(), Network.NONE),
              command.limit(),
              journal);
    } finally {
      lock.unlock();
    }
  }

  private static List<ReportedMutant> read(CommandResult result, Path report) throws NoAnswer {
    try {
      return PitXml.read(ReportFiles.read(report.resolve(Pit.REPORT_FILE)));
    } catch (UnreadableReport unreadable) {
      throw new NoAnswer(
          "the report of PIT can't be read after "
              + result.took().toSeconds()
              + " s: "
              + unreadable.getMessage());
    }
  }
}
