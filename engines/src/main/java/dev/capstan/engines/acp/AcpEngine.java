package dev.capstan.engines.acp;

import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine;
import dev.capstan.engines.ModelAccess;
import dev.capstan.engines.Questions;
import dev.capstan.engines.prompt.AgentWork;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.prompt.Role;
import dev.capstan.engines.prompt.StepPrompt;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Confinement;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.Passage;
import dev.capstan.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A coding agent that speaks the Agent Client Protocol, in a sandbox that leads to the gateway of
 * models and nowhere else. What the protocol says of tokens is not believed: the gateway counts.
 */
public final class AcpEngine implements Engine {
  /** Where an agent finds its home folder. */
  private static final Path HOME = Path.of("/home/capstan");

  private final Agent agent;
  private final Sandbox sandbox;
  private final Path files;
  private final Limits limits;
  private final Watch.Limits patience;
  private final Prompts prompts;

  /**
   * An engine for that agent.
   *
   * @param files where files sent along are found inside
   * @param limits of each attempt; its time limit is the work's
   */
  public AcpEngine(Agent agent, Sandbox sandbox, Path files, Limits limits, Prompts prompts) {
    this(agent, sandbox, files, limits, prompts, Watch.Limits.DEFAULT);
  }

  AcpEngine(
      Agent agent,
      Sandbox sandbox,
      Path files,
      Limits limits,
      Prompts prompts,
      Watch.Limits patience) {
    this.agent = agent;
    this.sandbox = sandbox;
    this.files = files;
    this.limits = limits;
    this.prompts = prompts;
    this.patience = patience;
  }

  @Override
  public String name() {
    return agent.name();
  }

  @Override
  public boolean usesModels(Work work) {
    return true;
  }

  @Override
  public String prompt(Work work) {
    return prompts.of(AgentWork.of(work.arguments()).asRole()).label();
  }

  @Override
  public Optional<String> refuses(Work work) {
    return AgentWork.fault(work.arguments());
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    if (job.models().isEmpty()) {
      return new Result.Failed(
          Failure.terminal(
              agent.name() + " needs a language model: name providers in models of capstan.yaml"));
    }
    AgentWork work = AgentWork.of(job.work().arguments());
    Agent.Given given =
        new Agent.Given(
            Passage.URL.toString(),
            job.models().get().key(),
            work.model().orElse(agent.model()),
            HOME.toString());
    Watch watch = new Watch(patience, System.nanoTime());
    Updates updates = new Updates(output, watch, System::nanoTime);
    Talk talk = new Talk(output, updates, agent.permissions());
    Queue<String> told = new ConcurrentLinkedQueue<>();
    job.instructions().listen((_, text) -> told.add(text));
    List<String> before = new ArrayList<>();
    for (String text = told.poll(); text != null; text = told.poll()) {
      before.add(text);
    }
    Result result =
        new AgentRun(agent, sandbox, confinement(job, given, work.asRole()), talk, watch)
            .perform(
                job.tree(),
                StepPrompt.of(
                    prompts.of(work.asRole()), job, work.wish(), StepPrompt.ASK_BY_FILE, before),
                told);
    job.instructions().close();
    return result instanceof Result.Stopped
        ? result
        : Questions.in(job.asking()).<Result>map(Result.Asks::new).orElse(result);
  }

  private Confinement confinement(Job job, Agent.Given given, Role role) {
    List<Bind> binds = new ArrayList<>(job.binds());
    binds.add(role.edits() ? Bind.Writable.of(job.tree()) : Bind.ReadOnly.of(job.tree()));
    binds.add(new Bind.Writable(home(job, given), HOME));
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
        agent.command(given),
        job.tree(),
        binds,
        environment,
        job.models().map(ModelAccess::network).orElse(job.network()),
        limits.withTime(job.work().timeLimit()));
  }

  /** A new home folder beside the attempt's other folders, which goes with them. */
  private Path home(Job job, Agent.Given given) {
    try {
      Path home = Files.createTempDirectory(job.asking().getParent(), "home").toRealPath();
      for (Map.Entry<String, String> file : given.into(agent.home()).entrySet()) {
        Path path = home.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      return home;
    } catch (IOException failure) {
      throw new UncheckedIOException("the home folder of an agent cannot be made", failure);
    }
  }
}
