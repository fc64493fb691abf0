package dev.capstan.server.wishes;

import dev.capstan.api.FillTemplate;
import dev.capstan.api.FilledTemplate;
import dev.capstan.api.IntakeEvent;
import dev.capstan.api.TemplateView;
import dev.capstan.api.TriggerView;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Wishes;
import dev.capstan.control.records.Wishes.Wish;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.Bodies;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Templates, triggers, and the events that triggers listen to. */
@RestController
@RequestMapping("/api/v1")
public final class IntakeController {
  private static final int LONGEST = 200;
  private static final int MOST_FIELDS = 100;
  private static final int LONGEST_VALUE = 4_000;
  private static final int LAST_RUNS = 5;

  private final Templates templates;
  private final Triggers triggers;
  private final Wishes wishes;

  public IntakeController(Templates templates, Triggers triggers, Wishes wishes) {
    this.templates = templates;
    this.triggers = triggers;
    this.wishes = wishes;
  }

  /** The run templates. */
  @Allowed(Scope.READER)
  @GetMapping("/templates")
  List<TemplateView> templates() {
    return templates.all().stream().map(Template::view).toList();
  }

  /** One run template. */
  @Allowed(Scope.READER)
  @GetMapping("/templates/{name}")
  TemplateView template(@PathVariable String name) {
    return templates.find(name).view();
  }

  /** What the template asks for with these values. */
  @Allowed(Scope.READER)
  @PostMapping("/templates/{name}/fill")
  FilledTemplate fill(@PathVariable String name, @RequestBody FillTemplate request) {
    return templates.find(name).fill(Bodies.complete(request).values());
  }

  /** The rules by which events begin runs. */
  @Allowed(Scope.READER)
  @GetMapping("/triggers")
  List<TriggerView> triggers() {
    return triggers.visible().stream()
        .map(trigger ->
            new TriggerView(
                trigger.name(),
                trigger.inWords(),
                trigger.project(),
                trigger.template(),
                wishes.of(trigger.origin()).reversed().stream()
                    .limit(LAST_RUNS)
                    .map(IntakeController::inWords)
                    .toList()))
        .toList();
  }

  private static String inWords(Wish wish) {
    return wish.run()
        + " "
        + wish.state().name().toLowerCase(Locale.ROOT)
        + (wish.reason().isEmpty() ? "" : ": " + wish.reason());
  }

  /** Answered once the event is stored; what triggers ask for is begun afterwards. */
  @Allowed(Scope.OPERATOR)
  @PostMapping("/events")
  @ResponseStatus(HttpStatus.ACCEPTED)
  IntakeEvent.Answer take(@RequestBody IntakeEvent event) {
    Bodies.complete(event);
    require("id", event.id());
    require("type", event.type());
    if (event.type().equals(Trigger.SCHEDULE)) {
      throw ApiException.invalid("the type schedule is that of time alone");
    }
    boolean fits =
        event.payload().size() <= MOST_FIELDS
            && event.payload().values().stream().allMatch(v -> v.length() <= LONGEST_VALUE);
    if (!fits) {
      throw ApiException.invalid(
          "a payload has at most "
              + MOST_FIELDS
              + " fields of at most "
              + LONGEST_VALUE
              + " characters");
    }
    return triggers.take(event);
  }

  private static void require(String what, String text) {
    if (text.isBlank() || text.length() > LONGEST || !text.matches("[\\w./:@+-]+")) {
      throw ApiException.invalid(
          "an event's " + what + " is 1 to " + LONGEST + " letters, digits and . _ / : @ + -");
    }
  }
}
