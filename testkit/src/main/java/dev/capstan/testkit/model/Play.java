package dev.capstan.testkit.model;

import java.util.ArrayList;
import java.util.List;

/** Where a script stands. Safe for many threads. */
final class Play {
  private final Script script;
  private final List<Seen> seen = new ArrayList<>();
  private final List<String> unmet = new ArrayList<>();
  private int next;
  private boolean offered;
  private int answers;
  private Usage served = Usage.NONE;

  Play(Script script) {
    this.script = script;
  }

  /** What is to be answered, and under which number. */
  record Cue(int number, Answer answer) {}

  synchronized Cue next(Asked asked, Seen request) {
    answers++;
    boolean aside = asked.tools().isEmpty() && !isAwaited(asked);
    seen.add(new Seen(request.method(), request.path(), request.headers(), request.body(), aside));
    if (aside) {
      return new Cue(answers, asked.wantsJson() ? json() : script.aside());
    }
    if (over()) {
      unmet.add("request " + answers + " came after the last turn of the script");
      return new Cue(answers, Turn.fails(400).answer());
    }
    Turn turn = script.turns().get(next);
    next++;
    offered |= !asked.tools().isEmpty();
    turn.expectation()
        .unmet(asked)
        .forEach(what -> unmet.add("turn " + next + " of the script: " + what));
    return new Cue(answers, turn.answer());
  }

  /** For whoever asks a side question in JSON: fields that agents were seen to ask for. */
  private Answer.Speech json() {
    Answer.Speech aside = script.aside();
    return new Answer.Speech(
        "{\"reasoning\":\"scripted\",\"next_speaker\":\"user\",\"complexity_score\":1,"
            + "\"complexity_reasoning\":\"scripted\",\"model_choice\":\"flash\"}",
        List.of(),
        aside.usage(),
        aside.pace());
  }

  private boolean over() {
    return next >= script.turns().size();
  }

  /** Whether a call that offers no tools is the next turn all the same. */
  private boolean isAwaited(Asked asked) {
    if (over()) {
      return false;
    }
    Turn turn = script.turns().get(next);
    boolean named =
        !turn.expectation().contains().isEmpty() && turn.expectation().unmet(asked).isEmpty();
    return !usesTools(turn) && (named || !offered);
  }

  private static boolean usesTools(Turn turn) {
    return switch (turn.answer()) {
      case Answer.Speech speech -> !speech.uses().isEmpty();
      case Answer.CutStream cut -> !cut.speech().uses().isEmpty();
      case Answer.Failure _, Answer.Garbage _, Answer.Empty _ -> false;
    };
  }

  synchronized void wentWrong(String what) {
    unmet.add(what);
  }

  synchronized void served(Usage usage) {
    served = served.plus(usage);
  }

  synchronized Usage served() {
    return served;
  }

  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  synchronized List<String> unmet() {
    List<String> all = new ArrayList<>(unmet);
    for (int left = next; left < script.turns().size(); left++) {
      all.add("turn " + (left + 1) + " of the script was never asked for");
    }
    return all;
  }
}
