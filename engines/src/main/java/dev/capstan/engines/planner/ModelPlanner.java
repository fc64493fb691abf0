package dev.capstan.engines.planner;

import dev.capstan.engines.chat.Chat;
import dev.capstan.engines.chat.ChatModel;
import dev.capstan.engines.chat.Reply;
import dev.capstan.engines.prompt.DataFence;
import dev.capstan.engines.prompt.PromptTemplate;
import dev.capstan.engines.prompt.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has a model plan what rules cannot. Nothing that it answers is believed: it is checked against
 * the repository, mended once by the model itself, and else refused. It can choose coding agents,
 * and neither programs nor what is asked of a change before it passes.
 */
public final class ModelPlanner {
  /** Of steps that it may propose. */
  public static final int MOST_STEPS = 12;

  private static final int MOST_PATHS = 600;
  private static final int LONGEST_TEXT = 4_000;
  private static final int MOST_MISTAKES = 20;
  private static final Set<String> ROLES =
      Stream.of(Role.CODER, Role.TESTER, Role.ANALYSER).map(Role::word).collect(Collectors.toSet());
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PromptTemplate prompt;

  public ModelPlanner(PromptTemplate prompt) {
    this.prompt = prompt;
  }

  /**
   * What is to be planned.
   *
   * @param model by its name
   * @param planned what rules have planned: id and title
   * @param engines that may be chosen, and what each is for
   * @param paths of files that models may know of
   * @param texts that may help, by where they are from; whoever wrote them is not trusted
   */
  public record Request(
      String model,
      String goal,
      Map<String, String> planned,
      Map<String, String> engines,
      String toolchain,
      List<String> paths,
      Map<String, String> texts) {
    public Request {
      paths = List.copyOf(paths);
    }

    /** The same after these steps were planned. */
    public Request knowing(Map<String, String> steps) {
      return new Request(model, goal, steps, engines, toolchain, paths, texts);
    }
  }

  /** What came of it. */
  public sealed interface Result {
    record Proposed(List<ProposedStep> steps) implements Result {
      public Proposed {
        steps = List.copyOf(steps);
      }
    }

    /** It cannot be planned before a person has answered. */
    record Asks(String question) implements Result {}

    /** What it proposed is not to be carried out, and why. */
    record Refused(List<String> mistakes) implements Result {
      public Refused {
        mistakes = List.copyOf(mistakes);
      }
    }

    /** The model did not answer. */
    record NoAnswer(String why) implements Result {}
  }

  /** Which prompt is used, for the record. */
  public String label() {
    return prompt.label();
  }

  /** Asks, and once more if what is answered cannot be. */
  public Result plan(Request request, ChatModel model) throws InterruptedException {
    Result first = once(request, List.of(), model);
    return first instanceof Result.Refused(var mistakes) ? once(request, mistakes, model) : first;
  }

  private Result once(Request request, List<String> mistakes, ChatModel model)
      throws InterruptedException {
    JsonNode schema = Proposal.schema(request.engines().keySet(), ROLES, MOST_STEPS);
    Chat chat =
        Chat.once(
            request.model(), prompt.fill(texts(request, schema, mistakes)), Optional.of(schema));
    return switch (model.ask(chat)) {
      case Reply.Refused(_, var message) -> new Result.NoAnswer(message);
      case Reply.Said said -> judged(request, Proposal.read(said.text()));
    };
  }

  private static Result judged(Request request, Proposal proposal) {
    List<String> mistakes = new ArrayList<>(proposal.mistakes());
    if (mistakes.isEmpty()) {
      mistakes.addAll(
          new Plausibility(
                  request.paths(),
                  request.engines().keySet(),
                  ROLES,
                  request.planned().keySet(),
                  MOST_STEPS)
              .mistakes(proposal.steps()));
    }
    if (!mistakes.isEmpty()) {
      return new Result.Refused(mistakes.stream().limit(MOST_MISTAKES).toList());
    }
    if (proposal.steps().isEmpty()) {
      return proposal.question().isEmpty()
          ? new Result.Refused(List.of("there is neither a step nor a question"))
          : new Result.Asks(proposal.question());
    }
    return new Result.Proposed(ordered(proposal.steps()));
  }

  /** Each after those that it waits for. */
  private static List<ProposedStep> ordered(List<ProposedStep> steps) {
    List<ProposedStep> ordered = new ArrayList<>();
    List<ProposedStep> left = new ArrayList<>(steps);
    while (!left.isEmpty()) {
      Set<String> open = left.stream().map(ProposedStep::id).collect(Collectors.toSet());
      List<ProposedStep> free =
          left.stream().filter(step -> step.after().stream().noneMatch(open::contains)).toList();
      ordered.addAll(free);
      left.removeAll(free);
    }
    return ordered;
  }

  /** What is filled into the prompt for a request; also the texts of its golden set. */
  public static Map<String, String> texts(Request request) {
    return texts(
        request, Proposal.schema(request.engines().keySet(), ROLES, MOST_STEPS), List.of());
  }

  private static Map<String, String> texts(
      Request request, JsonNode schema, List<String> mistakes) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("goal", request.goal());
    texts.put("planned", list(request.planned(), "nothing"));
    texts.put("engines", list(request.engines(), "nothing"));
    texts.put("toolchain", request.toolchain().isEmpty() ? "unknown" : request.toolchain());
    texts.put("files", files(request.paths()));
    texts.put("texts", new DataFence(request.texts()).text(LONGEST_TEXT));
    texts.put("most", String.valueOf(MOST_STEPS));
    texts.put("schema", JSON.writeValueAsString(schema));
    texts.put(
        "mistakes",
        mistakes.isEmpty()
            ? ""
            : "Your answer before this was not accepted. Mend it:\n- "
                + String.join("\n- ", mistakes));
    return texts;
  }

  private static String list(Map<String, String> entries, String none) {
    return entries.isEmpty()
        ? none
        : entries.entrySet().stream()
            .map(entry -> "- " + entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("\n"));
  }

  /** Where there are too many files, their folders with how many are in each. */
  private static String files(List<String> paths) {
    if (paths.size() <= MOST_PATHS) {
      return String.join("\n", paths);
    }
    Map<String, Long> folders =
        paths.stream()
            .collect(
                Collectors.groupingBy(
                    path -> path.substring(0, Math.max(0, path.lastIndexOf('/'))),
                    TreeMap::new,
                    Collectors.counting()));
    return folders.entrySet().stream()
        .limit(MOST_PATHS)
        .map(folder -> folder.getKey() + "/ (" + folder.getValue() + " files)")
        .collect(Collectors.joining("\n"));
  }
}
