package dev.capstan.cli.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.RunId;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts runs one after another, kills their processes, goes on with them until they complete, and
 * inspects each then.
 */
final class Torment {
  private static final List<String> RESUME = List.of("resume");
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"(\\d{8}-\\d{6}-[a-z0-9]+)\"");

  private final Installation installation;
  private final Random random;
  private final int wanted;
  private final Tally tally = new Tally();
  private final Set<RunId> completed = new HashSet<>();

  /**
   * @param wanted how many kills; none comes after them
   */
  Torment(Installation installation, Random random, int wanted) {
    this.installation = installation;
    this.random = random;
    this.wanted = wanted;
  }

  Tally untilDone() throws IOException, InterruptedException {
    while (tally.kills() < wanted) {
      completeOne();
      System.out.println(tally);
    }
    return tally;
  }

  private void completeOne() throws IOException, InterruptedException {
    List<String> begin = installation.run(installation.project().plan(tally.runs() + 1, random));
    List<String> next = begin;
    boolean accepted = false;
    while (true) {
      boolean afterKill = next.equals(RESUME);
      CapstanProcess process = installation.start(next);
      tally.started();
      boolean killed = killPerhaps(process, afterKill);
      accepted |= !afterKill && process.output().contains("created with");
      if (killed) {
        next = RESUME;
      } else if (ended(process) && inspectNewest()) {
        return;
      } else {
        assertThat(accepted).as("a run that was accepted is lost").isFalse();
        tally.notAccepted();
        next = begin;
      }
    }
  }

  private boolean killPerhaps(CapstanProcess process, boolean afterKill)
      throws IOException, InterruptedException {
    KillPlan plan = KillPlan.random(random);
    boolean mayAnswer = tally.kills() >= wanted || plan.phase() != KillPlan.Phase.STARTING;
    if (afterKill && mayAnswer && process.reaches(process::answers)) {
      tally.recovered(process.age());
    }
    if (tally.kills() >= wanted || !plan.await(process)) {
      return false;
    }
    kill(process, plan.postgresToo());
    return true;
  }

  private void kill(CapstanProcess process, boolean postgresToo)
      throws IOException, InterruptedException {
    List<FolderProcesses.Found> postgres =
        postgresToo ? installation.processes().postgres() : List.of();
    postgres.stream()
        .flatMap(found -> ProcessHandle.of(found.pid()).stream())
        .forEach(ProcessHandle::destroyForcibly);
    process.kill();
    tally.killed(!postgres.isEmpty());
  }

  /** True if it ended well; false if there was no run to go on with. */
  private static boolean ended(CapstanProcess process) throws IOException, InterruptedException {
    int exit = process.exit();
    if (exit == 2 && process.output().contains("there are no runs yet")) {
      return false;
    }
    assertThat(exit).as(process.output()).isZero();
    return true;
  }

  /** False if the newest run is one that was completed before. */
  private boolean inspectNewest() throws IOException, InterruptedException {
    String shown = installation.output("show", "--json");
    RunId run = idIn(shown);
    if (!completed.add(run)) {
      return false;
    }
    assertThat(shown).containsPattern("\"status\"\\s*:\\s*\"completed\"");
    Records records = Records.read(installation.data(), run);
    tally.completed(
        (int) records.repeated(),
        new Inspection(installation.data()).of(records, run, completed.size()));
    return true;
  }

  /** The id of the run that a command printed as JSON. */
  static RunId idIn(String shown) {
    Matcher id = ID.matcher(shown);
    assertThat(id.find()).as(shown).isTrue();
    return new RunId(id.group(1));
  }
}
