package dev.capstan.models;

import dev.capstan.models.catalog.Model;
import dev.capstan.models.catalog.Provider;
import dev.capstan.models.upstream.Ending;
import dev.capstan.models.upstream.Lanes;
import dev.capstan.models.upstream.Patience;
import dev.capstan.models.upstream.Provision;
import dev.capstan.models.upstream.Try;
import dev.capstan.models.wire.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks one model after another, each as often as it is worth it, until one begins to answer. Not
 * for several threads.
 */
final class Chain {
  private final Provision provision;
  private final Lanes lanes;
  private final Patience patience;
  private final Question question;
  private final Map<String, String> headers;
  private final Ending ending;
  private final List<String> troubles = new ArrayList<>();
  private int tries;

  /**
   * What came of it.
   *
   * @param model that was asked last
   */
  record Result(Model model, Try last, int retries, String troubles) {}

  Chain(
      Provision provision,
      Lanes lanes,
      Patience patience,
      Question question,
      Map<String, String> headers,
      Ending ending) {
    this.provision = provision;
    this.lanes = lanes;
    this.patience = patience;
    this.question = question;
    this.headers = headers;
    this.ending = ending;
  }

  Result ask(List<Model> models) throws InterruptedException {
    Try last = new Try.Failed("nobody was asked", Optional.empty());
    Model asked = models.getFirst();
    for (Model model : models) {
      asked = model;
      last = ask(model);
      if (!(last instanceof Try.Failed) || ending.isEnded()) {
        break;
      }
    }
    return new Result(asked, last, Math.max(0, tries - 1), String.join("; ", troubles));
  }

  private Try ask(Model model) throws InterruptedException {
    Duration pause = patience.firstPause();
    Try last = new Try.Failed("is left alone, as it failed again and again", Optional.empty());
    for (int number = 1; number <= patience.tries() && lanes.mayPass(model.provider()); number++) {
      last = once(model);
      if (!(last instanceof Try.Failed(var why, var retryAfter))) {
        return last;
      }
      boolean late =
          retryAfter.filter(wanted -> wanted.compareTo(patience.longestPause()) > 0).isPresent();
      if (number == patience.tries() || late || ending.isEnded()) {
        break;
      }
      Thread.sleep(retryAfter.orElse(jittered(pause)));
      pause = longer(pause);
    }
    if (last instanceof Try.Failed(var why, _)) {
      troubles.add(model.provider().name() + ' ' + why);
    }
    return last;
  }

  private Try once(Model model) throws InterruptedException {
    Provider provider = model.provider();
    boolean asked = false;
    try {
      if (!lanes.await(provider, patience.turn())) {
        return new Try.Failed(
            "is asked too often: the limit is " + provider.requestsPerMinute() + " a minute",
            Optional.of(Duration.ofMinutes(1)));
      }
      tries++;
      Try answer =
          provision.ask(
              model, question, question.wire().body(question, model.id()), headers, ending);
      asked = !ending.isEnded();
      if (asked) {
        lanes.went(provider, !(answer instanceof Try.Failed));
      }
      return answer;
    } finally {
      if (!asked) {
        lanes.withdrew(provider);
      }
    }
  }

  private static Duration jittered(Duration pause) {
    long millis = Math.max(1, pause.toMillis());
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  private Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(patience.longestPause()) < 0 ? twice : patience.longestPause();
  }
}
