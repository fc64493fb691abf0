package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Network;
import dev.capstan.sandbox.Outcome;
import dev.capstan.sandbox.OutputListener.Stream;
import dev.capstan.verification.SecretsScan;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.secrets.ReportedSecret;
import dev.capstan.verification.secrets.ScannerReports;
import dev.capstan.worker.WorkFolders.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has programs of the host look for secrets in the files of a change: in the sandbox, without a
 * network, on copies under names of our own, so that no file of the change is a setting of theirs.
 * What they print is never passed on, as it holds the secrets.
 */
final class SecretPrograms {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int LARGEST_REPORT = 16 << 20;
  private static final int MOST_LINES = 2_000;
  private static final long MOST_CHARACTERS = 64L << 20;
  private static final String CHANGED = "/capstan/changed";
  private static final String OUT = "/capstan/found";
  private static final String REPORT = "gitleaks.json";
  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,10}$");
  private static final Pattern ALLOWING =
      Pattern.compile("(?i)(gitleaks|trufflehog):(?=allow|ignore)");

  private final Workshop workshop;
  private final LeasedTask leased;
  private final Map<String, String> paths = new HashMap<>();

  SecretPrograms(Workshop workshop, LeasedTask leased) {
    this.workshop = workshop;
    this.leased = leased;
  }

  /** One answer of each program that is there. */
  List<SecretsScan> scan(List<Changed> changes, CommitId commit)
      throws IOException, InterruptedException {
    SecretScanners scanners = workshop.secretScanners();
    if (scanners.none() || changes.isEmpty()) {
      return List.of();
    }
    List<SecretsScan> scans = new ArrayList<>();
    try (Folder folder = workshop.folders().open(leased, commit, "secrets")) {
      boolean whole = lay(changes, commit, Files.createDirectories(folder.files()));
      if (scanners.gitleaks().isPresent()) {
        scans.add(whole ? gitleaks(folder, scanners.gitleaks().get()) : tooLarge("gitleaks"));
      }
      if (scanners.trufflehog().isPresent()) {
        scans.add(whole ? trufflehog(folder, scanners.trufflehog().get()) : tooLarge("trufflehog"));
      }
    }
    return scans;
  }

  private static SecretsScan tooLarge(String program) {
    return new SecretsScan(program, List.of(), "the change holds more text than is given to it");
  }

  /** A comment by which a line allows itself is taken apart: a change cannot allow itself. */
  private boolean lay(List<Changed> changes, CommitId commit, Path folder) throws IOException {
    CommitSources files = new CommitSources(workshop.git(), leased.project(), commit);
    long characters = 0;
    for (Changed change : changes) {
      boolean there = change.kind() == Changed.Kind.ADDED || change.kind() == Changed.Kind.MODIFIED;
      Optional<String> text = there ? files.largeText(change.path()) : Optional.empty();
      characters += text.map(String::length).orElse(0);
      if (characters > MOST_CHARACTERS) {
        return false;
      }
      if (text.isPresent()) {
        Matcher extension = EXTENSION.matcher(change.path());
        String name = paths.size() + (extension.find() ? extension.group() : ".txt");
        paths.put(name, change.path());
        Files.writeString(folder.resolve(name), ALLOWING.matcher(text.get()).replaceAll("$1-"));
      }
    }
    return true;
  }

  private SecretsScan gitleaks(Folder folder, Path program)
      throws IOException, InterruptedException {
    Answer answer =
        run(
            folder,
            program,
            "detect",
            "--no-git",
            "--no-banner",
            "--exit-code=0",
            "--source=" + CHANGED,
            "--report-format=json",
            "--report-path=" + OUT + "/" + REPORT);
    return answer.problem().isEmpty()
        ? scan("gitleaks", report(folder).flatMap(ScannerReports::gitleaks))
        : new SecretsScan("gitleaks", List.of(), answer.problem());
  }

  private SecretsScan trufflehog(Folder folder, Path program)
      throws IOException, InterruptedException {
    Answer answer =
        run(folder, program, "filesystem", CHANGED, "--json", "--no-verification", "--no-update");
    return answer.problem().isEmpty()
        ? scan("trufflehog", ScannerReports.trufflehog(answer.lines()))
        : new SecretsScan("trufflehog", List.of(), answer.problem());
  }

  private SecretsScan scan(String program, Optional<List<ReportedSecret>> found) {
    return found
        .map(secrets -> new SecretsScan(program, secrets.stream().map(this::placed).toList(), ""))
        .orElseGet(
            () -> new SecretsScan(program, List.of(), "its report is missing or unreadable"));
  }

  private ReportedSecret placed(ReportedSecret secret) {
    String name = secret.file().substring(secret.file().lastIndexOf('/') + 1);
    return secret.in(paths.getOrDefault(name, "the change"));
  }

  private static Optional<String> report(Folder folder) throws IOException {
    Path file = folder.reports().resolve(REPORT);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) > LARGEST_REPORT) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new String(in.readNBytes(LARGEST_REPORT), StandardCharsets.UTF_8));
    }
  }

  /**
   * How a program ended.
   *
   * @param problem "" if it ended well
   */
  private record Answer(List<String> lines, String problem) {}

  private Answer run(Folder folder, Path program, String... arguments)
      throws IOException, InterruptedException {
    Path inside = Path.of("/capstan/programs").resolve(program.getFileName());
    List<String> argv = new ArrayList<>(List.of(inside.toString()));
    argv.addAll(List.of(arguments));
    List<Bind> binds = new ArrayList<>(workshop.system().binds(Network.NONE));
    binds.add(new Bind.ReadOnly(program.toRealPath(), inside));
    binds.add(new Bind.ReadOnly(folder.files(), Path.of(CHANGED)));
    binds.add(new Bind.Writable(folder.reports(), Path.of(OUT)));
    Confinement confinement =
        new Confinement(
            leased.run() + "/" + leased.task().key(),
            argv,
            Path.of(OUT),
            binds,
            workshop.system().environment(),
            Network.NONE,
            workshop.limits().withTime(LIMIT));
    List<String> lines = new ArrayList<>();
    Outcome outcome =
        workshop
            .sandbox()
            .run(
                confinement,
                (stream, line) -> {
                  if (stream == Stream.OUT && lines.size() < MOST_LINES) {
                    lines.add(line);
                  }
                });
    return new Answer(lines, problem(outcome));
  }

  private static String problem(Outcome outcome) throws InterruptedException {
    return switch (outcome) {
      case Outcome.Exited(var code, _) -> code == 0 ? "" : "it ended with exit code " + code;
      case Outcome.TimedOut(var limit) -> "it was still running after " + limit.toSeconds() + " s";
      case Outcome.LimitExceeded(var limit, _) -> "limit on " + limit + " exceeded";
      case Outcome.NotStarted _ -> "it could not be started";
      case Outcome.Stopped _ -> throw new InterruptedException();
    };
  }
}
