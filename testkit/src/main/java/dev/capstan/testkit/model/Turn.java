package dev.capstan.testkit.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One request of a script and its answer. */
public record Turn(Expectation expectation, Answer answer) {
  private static final Usage SOME = new Usage(1000, 100, 20, 0);

  private static Turn speaking(String text, List<ToolUse> uses) {
    return new Turn(Expectation.ANYTHING, new Answer.Speech(text, uses, SOME, Pace.AT_ONCE));
  }

  public static Turn says(String text) {
    return speaking(text, List.of());
  }

  public static Turn uses(ToolUse... uses) {
    return speaking("", List.of(uses));
  }

  public static Turn writes(String path, String content) {
    return uses(new ToolUse.Write(path, content));
  }

  public static Turn runs(String command) {
    return uses(new ToolUse.Run(command));
  }

  public static Turn fails(int status) {
    return answers(new Answer.Failure(status, Optional.empty(), "scripted failure"));
  }

  public static Turn fails(int status, Duration retryAfter) {
    return answers(new Answer.Failure(status, Optional.of(retryAfter), "scripted failure"));
  }

  public static Turn answers(Answer answer) {
    return new Turn(Expectation.ANYTHING, answer);
  }

  public Turn costing(Usage usage) {
    Answer.Speech speech = speech();
    return with(new Answer.Speech(speech.text(), speech.uses(), usage, speech.pace()));
  }

  public Turn paced(Duration first, Duration between) {
    Answer.Speech speech = speech();
    return with(
        new Answer.Speech(speech.text(), speech.uses(), speech.usage(), new Pace(first, between)));
  }

  /** The connection breaks after that many pieces of the stream. */
  public Turn cutAfter(int pieces) {
    return with(new Answer.CutStream(speech(), pieces));
  }

  public Turn expecting(String contained) {
    List<String> contains = new ArrayList<>(expectation.contains());
    contains.add(contained);
    return new Turn(
        new Expectation(contains, expectation.lacks(), expectation.tools(), expectation.model()),
        answer);
  }

  public Turn expecting(Expectation all) {
    return new Turn(all, answer);
  }

  private Answer.Speech speech() {
    if (answer instanceof Answer.Speech speech) {
      return speech;
    }
    throw new IllegalStateException("only a turn that speaks has usage, a pace or a cut");
  }

  private Turn with(Answer other) {
    return new Turn(expectation, other);
  }
}
