package dev.capstan.engines.prompt;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.engines.prompt.GoldenCase.Accepted;
import dev.capstan.engines.prompt.GoldenCase.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compares what models answer to a prompt as it is now with what was accepted. It asks no model:
 * where nothing was recorded of this very prompt and model, it did not run.
 */
public final class GoldenCheck {
  private GoldenCheck() {}

  /**
   * What became of one case with one model.
   *
   * @param model "" where there is none
   * @param expected the accepted answer, line by line
   * @param actual what was recorded; both empty unless they differ
   */
  public record Checked(
      String prompt,
      String caseName,
      String model,
      Verdict verdict,
      String detail,
      List<String> expected,
      List<String> actual) {
    public Checked {
      expected = List.copyOf(expected);
      actual = List.copyOf(actual);
    }
  }

  /** Each case with each model that has an accepted answer; a prompt without cases did not run. */
  public static List<Checked> of(PromptTemplate prompt, List<GoldenCase> cases) {
    if (cases.isEmpty()) {
      return List.of(notRun(prompt, "", "", "it has no golden set"));
    }
    List<Checked> checked = new ArrayList<>();
    for (GoldenCase one : cases) {
      if (one.accepted().isEmpty()) {
        checked.add(notRun(prompt, one.name(), "", "no answer was accepted"));
      }
      one.accepted().forEach(accepted -> checked.add(of(prompt, one, accepted)));
    }
    return checked;
  }

  private static Checked of(PromptTemplate prompt, GoldenCase one, Accepted accepted) {
    Optional<Recording> recording = one.recording(prompt, accepted.model());
    if (recording.isEmpty()) {
      return notRun(
          prompt,
          one.name(),
          accepted.model(),
          "nothing was recorded of %s %s (%s) with %s"
              .formatted(
                  prompt.name(),
                  prompt.version(),
                  prompt.sha256().substring(0, 12),
                  accepted.model()));
    }
    List<String> expected = GoldenSet.lines(accepted.answer());
    List<String> actual = GoldenSet.lines(recording.get().answer());
    return expected.equals(actual)
        ? checked(prompt, one.name(), accepted.model(), Verdict.PASS, "", List.of(), List.of())
        : checked(
            prompt,
            one.name(),
            accepted.model(),
            Verdict.FAIL,
            "the answer is another",
            expected,
            actual);
  }

  private static Checked notRun(PromptTemplate prompt, String name, String model, String why) {
    return checked(prompt, name, model, Verdict.DID_NOT_RUN, why, List.of(), List.of());
  }

  private static Checked checked(
      PromptTemplate prompt,
      String name,
      String model,
      Verdict verdict,
      String detail,
      List<String> expected,
      List<String> actual) {
    return new Checked(prompt.name(), name, model, verdict, detail, expected, actual);
  }

  /** One word for all: PASS only if there is something and all of it passed. */
  public static Verdict together(List<Checked> checked) {
    if (checked.stream().anyMatch(one -> one.verdict() == Verdict.FAIL)) {
      return Verdict.FAIL;
    }
    return !checked.isEmpty() && checked.stream().allMatch(one -> one.verdict() == Verdict.PASS)
        ? Verdict.PASS
        : Verdict.DID_NOT_RUN;
  }
}
