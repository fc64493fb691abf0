package dev.capstan.engines.builtin;

import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.WrapUp;
import dev.capstan.engines.Engine.Result;
import dev.capstan.engines.builtin.BuiltInEngine.Limits;
import dev.capstan.engines.builtin.Toolset.Outcome;
import dev.capstan.engines.chat.Chat;
import dev.capstan.engines.chat.ChatModel;
import dev.capstan.engines.chat.Message;
import dev.capstan.engines.chat.Message.ToolResult;
import dev.capstan.engines.chat.Reply;
import dev.capstan.engines.chat.ToolCall;
import dev.capstan.engines.prompt.StepPrompt;
import dev.capstan.engines.watch.Stuck;
import dev.capstan.engines.watch.Watch;
import dev.capstan.sandbox.OutputListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * One conversation with a model, from its task to its end: the model calls tools, is told what came
 * of them, and says when it is done. For one thread.
 */
final class Talk {
  private static final String BEGIN =
      "Begin. Use the tools. When you are done, or cannot go on, call finish.";
  private static final String NUDGE =
      "You called no tool. If you are done, call finish; else go on with the next tool.";
  private static final int MOST_NUDGES = 3;
  private static final int LONGEST_WORDS = 400;

  private final ChatModel model;
  private final String name;
  private final String rules;
  private final Toolset tools;
  private final Queue<String> told;
  private final Watch watch;
  private final Limits limits;
  private final OutputListener output;
  private final Transcript transcript;
  private int turns;
  private int nudges;
  private long tokens;

  Talk(
      ChatModel model,
      String name,
      String rules,
      Toolset tools,
      Queue<String> told,
      Watch watch,
      Limits limits,
      OutputListener output) {
    this.model = model;
    this.name = name;
    this.rules = rules;
    this.tools = tools;
    this.told = told;
    this.watch = watch;
    this.limits = limits;
    this.output = output;
    this.transcript = new Transcript(limits.characters());
  }

  /** Goes on until it has ended, or until that moment of the machine's clock in nanoseconds. */
  Result until(long deadline, Duration limit) throws InterruptedException {
    transcript.add(new Message.User(BEGIN));
    Optional<Result> end = Optional.empty();
    while (end.isEmpty()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      end = System.nanoTime() - deadline > 0 ? Optional.of(late(limit)) : turn();
    }
    return end.get();
  }

  /** Empty if it goes on. */
  private Optional<Result> turn() throws InterruptedException {
    hear();
    turns++;
    if (turns > limits.turns() || tokens > limits.tokens()) {
      return Optional.of(stuck(Stuck.TOO_MUCH));
    }
    Chat chat = new Chat(name, rules, transcript.messages(), tools.tools(), Optional.empty());
    return switch (model.ask(chat)) {
      case Reply.Refused(var reason, var message) -> Optional.of(refused(reason, message));
      case Reply.Said said when !said.whole() -> Optional.of(stuck(Stuck.CONTEXT_EXHAUSTED));
      case Reply.Said said -> follow(said);
    };
  }

  /** What people told since the last turn. */
  private void hear() {
    for (String text = told.poll(); text != null; text = told.poll()) {
      say("told: " + text.lines().findFirst().orElse(""));
      if (WrapUp.is(text)) {
        watch.wrapUp();
      }
      transcript.add(new Message.User(WrapUp.is(text) ? text : StepPrompt.instruction(text)));
    }
  }

  private Optional<Result> follow(Reply.Said said) throws InterruptedException {
    tokens += said.tokens();
    watch.sign(System.nanoTime());
    said.text().lines().forEach(line -> say("agent: " + line));
    transcript.add(new Message.Assistant(said.text(), said.calls()));
    if (said.calls().isEmpty()) {
      return nudge();
    }
    nudges = 0;
    List<ToolResult> results = new ArrayList<>();
    for (ToolCall call : said.calls()) {
      watch.call(call.tool() + ' ' + call.arguments(), System.nanoTime());
      Optional<Stuck> found = watch.look(System.nanoTime());
      if (found.isPresent()) {
        return Optional.of(stuck(found.get()));
      }
      switch (called(call)) {
        case Outcome.Answer(var text) -> results.add(new ToolResult(call.id(), text));
        case Outcome.Asked(var question) when question.isBlank() ->
            results.add(new ToolResult(call.id(), "failed: there is no question"));
        case Outcome.Asked(var question) -> {
          return Optional.of(new Result.Asks(question));
        }
        case Outcome.Finished _ when told.stream().anyMatch(text -> !WrapUp.is(text)) ->
            results.add(new ToolResult(call.id(), "not yet: there is something to be told to you"));
        case Outcome.Finished finished -> {
          return Optional.of(end(finished));
        }
      }
    }
    transcript.add(new Message.Results(results));
    return Optional.empty();
  }

  private Optional<Result> nudge() {
    nudges++;
    transcript.add(new Message.User(NUDGE));
    return nudges < MOST_NUDGES ? Optional.empty() : Optional.of(stuck(Stuck.NO_PROGRESS));
  }

  private Outcome called(ToolCall call) throws InterruptedException {
    String words = call.tool() + ' ' + call.arguments();
    say(
        "tool: "
            + (words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) + '…' : words));
    Outcome outcome = tools.call(call);
    if (outcome instanceof Outcome.Answer(var text)) {
      say("tool: " + call.tool() + ": " + text.lines().findFirst().orElse(""));
    }
    return outcome;
  }

  private void say(String line) {
    output.line(OutputListener.Stream.OUT, line);
  }

  // ---- endings

  private Result end(Outcome.Finished finished) {
    String open = finished.open().isBlank() ? "" : " Open: " + finished.open();
    say("result: " + (finished.done() ? "done" : "not done") + ": " + finished.summary() + open);
    return finished.done()
        ? new Result.Done(finished.summary())
        : new Result.Failed(
            Failure.recoverable(
                "the agent says that it is not done: " + finished.summary() + open));
  }

  private Result stuck(Stuck stuck) {
    return new Result.Failed(watch.failure(BuiltInEngine.NAME, stuck));
  }

  private static Result late(Duration limit) {
    String detail = "still at work after " + limit.toSeconds() + " s, its time limit";
    return new Result.Failed(
        new Failure(
            Failure.Kind.RECOVERABLE,
            BuiltInEngine.NAME + " was ended: " + detail,
            List.of(new Violation(Category.TIME_OUT, BuiltInEngine.NAME, detail))));
  }

  private Result refused(Reply.Reason reason, String message) {
    return switch (reason) {
      case NO_SUCH_MODEL ->
          new Result.Failed(Failure.terminal(BuiltInEngine.NAME + " was answered: " + message));
      case NOT_SIGNED_IN ->
          new Result.Failed(
              Failure.terminal(
                  BuiltInEngine.NAME + ": " + Stuck.NOT_SIGNED_IN.words() + ": " + message));
      case CONTEXT_FULL -> stuck(Stuck.CONTEXT_EXHAUSTED);
      case RATE_LIMITED -> because(Stuck.RATE_LIMITED.words() + ": " + message);
      case BUDGET -> because("its budget is spent: " + message);
      case OTHER -> because("its model failed: " + message);
    };
  }

  private static Result because(String why) {
    return new Result.Failed(Failure.recoverable(BuiltInEngine.NAME + ": " + why));
  }
}
