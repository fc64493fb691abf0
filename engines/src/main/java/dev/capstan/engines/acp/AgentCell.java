package dev.capstan.engines.acp;

import dev.capstan.engines.Engine.Job;
import dev.capstan.engines.ModelAccess;
import dev.capstan.engines.Questions;
import dev.capstan.engines.prompt.AgentWork;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Passage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an installed agent gets to see in one attempt, with a home folder of its own. */
final class AgentCell {
  /** Where an agent finds its home folder. */
  private static final Path HOME = Path.of("/home/capstan");

  private static final String PROMPT_NAME = "prompt.md";

  private final Agent agent;
  private final Job job;
  private final AgentWork work;
  private final Path files;
  private final Limits limits;
  private final Agent.Given given;
  private final Path home;

  /** {@code files} is where files sent along are found inside. The job has models. */
  AgentCell(Agent agent, Job job, AgentWork work, Path files, Limits limits) {
    this.agent = agent;
    this.job = job;
    this.work = work;
    this.files = files;
    this.limits = limits;
    this.given =
        new Agent.Given(
            Passage.URL.toString(),
            job.models().orElseThrow().key(),
            work.model().orElse(agent.model()),
            HOME.toString());
    this.home = home();
  }

  /** A new home folder beside the attempt's other folders, which goes with them. */
  private Path home() {
    try {
      Path folder = Files.createTempDirectory(job.asking().getParent(), "home").toRealPath();
      for (Map.Entry<String, String> file : given.into(agent.home()).entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException("the home folder of an agent cannot be made", failure);
    }
  }

  List<String> command() {
    return agent.command(given);
  }

  /** The command of an agent that is asked by its command line. */
  List<String> command(String prompt) {
    try {
      Files.writeString(home.resolve(PROMPT_NAME), prompt);
    } catch (IOException failure) {
      throw new UncheckedIOException("what an agent is asked cannot be written", failure);
    }
    String file = HOME.resolve(PROMPT_NAME).toString();
    return command().stream()
        .map(word -> word.replace(Agent.PROMPT_FILE, file).replace(Agent.PROMPT, prompt))
        .toList();
  }

  Confinement confinement(List<String> command) {
    List<Bind> binds = new ArrayList<>(job.binds());
    binds.add(work.asRole().edits() ? Bind.Writable.of(job.tree()) : Bind.ReadOnly.of(job.tree()));
    binds.add(new Bind.Writable(home, HOME));
    binds.add(new Bind.Writable(job.asking(), Questions.FOLDER));
    job.files().forEach((name, path) -> binds.add(new Bind.ReadOnly(path, files.resolve(name))));
    agent.folders().forEach(folder -> binds.add(Bind.ReadOnly.of(folder)));
    Map<String, String> environment = new HashMap<>(job.environment());
    environment.put("CI", "1");
    environment.put("NO_COLOR", "1");
    environment.put("HOME", HOME.toString());
    environment.putAll(given.into(agent.environment()));
    return new Confinement(
        job.label(),
        command,
        job.tree(),
        binds,
        environment,
        job.models().map(ModelAccess::network).orElse(job.network()),
        limits.withTime(job.work().timeLimit()));
  }
}
