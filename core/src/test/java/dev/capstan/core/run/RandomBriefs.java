package dev.capstan.core.run;

import dev.capstan.core.evidence.Response;
import dev.capstan.core.run.RetryPolicy.Exhausted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Plans and policies of every shape: barriers, scopes that overlap, priorities, engines. */
final class RandomBriefs {
  private static final List<String> GLOBS =
      List.of("src/**", "src/main/*", "docs/**", "*/pom.xml", "lib/a?.c", "**/x", "test/**");

  private final Random random;

  RandomBriefs(Random random) {
    this.random = random;
  }

  Brief next(int steps) {
    StepDraft[] drafts = new StepDraft[steps];
    for (int i = 0; i < steps; i++) {
      drafts[i] = step(i);
    }
    return RunExamples.brief(policy(), drafts);
  }

  private RunPolicy policy() {
    PolicyDraft policy =
        PolicyDraft.policy()
            .parallel(1 + random.nextInt(4))
            .tries(1 + random.nextInt(2), pick(Exhausted.values()))
            .triesOf("upgrade", 1 + random.nextInt(2), pick(Exhausted.values()))
            .atMostFailedAttempts(2 + random.nextInt(20));
    if (random.nextInt(4) == 0) {
      policy = policy.planApprovedByPerson();
    }
    if (random.nextInt(4) == 0) {
      policy = policy.within(Duration.ofHours(5));
    }
    return (random.nextBoolean() ? policy.deliveringInPart() : policy).build();
  }

  private static final List<Response> RESPONSES =
      List.of(
          new Response.Retry(), new Response.Fix(), new Response.Escalate(), new Response.Block());

  private StepDraft step(int index) {
    StepDraft step =
        StepDraft.step("s" + index)
            .kind(random.nextBoolean() ? "upgrade" : "refactor")
            .priority(random.nextInt(3));
    if (random.nextBoolean()) {
      step = step.changing(GLOBS.get(random.nextInt(GLOBS.size())));
    } else if (random.nextInt(6) == 0) {
      step = step.changing();
    }
    if (random.nextInt(3) == 0) {
      step = step.by("recipe", "agent");
    }
    if (random.nextInt(4) == 0) {
      step = step.mayChangeNothing();
    }
    if (random.nextInt(5) == 0) {
      step = step.alwaysApproved();
    }
    if (random.nextInt(6) == 0) {
      step = step.responding(Map.of(), RESPONSES.get(random.nextInt(RESPONSES.size())));
    }
    return barrier(step, index);
  }

  private StepDraft barrier(StepDraft step, int index) {
    String[] before =
        random
            .ints(0, Math.max(index, 1))
            .limit(index == 0 ? 0 : random.nextInt(3))
            .distinct()
            .mapToObj(i -> "s" + i)
            .toArray(String[]::new);
    if (before.length == 0) {
      return step;
    }
    StepDraft waiting =
        random.nextBoolean()
            ? step.after(before)
            : step.afterAtLeast(1 + random.nextInt(before.length), before);
    return random.nextInt(3) == 0 ? waiting.waitingAtMost(Duration.ofHours(1)) : waiting;
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
