package dev.capstan.server.wishes;

import dev.capstan.api.FilledTemplate;
import dev.capstan.api.IntakeEvent;
import dev.capstan.control.records.Intake;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.control.records.Wishes;
import dev.capstan.control.records.Wishes.Wish;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.server.rest.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules in {@code triggers.yaml} of the data folder, read anew each time, and what they make of
 * events.
 */
public final class Triggers {
  private static final long LARGEST = 1 << 20;
  private static final String FIX = "fix-ci";
  private static final Pattern EVERY = Pattern.compile("([1-9][0-9]{0,4})([mhd])");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

  private final Path file;
  private final Templates templates;
  private final Projects projects;
  private final Intake intake;
  private final Wishes wishes;

  public Triggers(Path file, Templates templates, Projects projects, Intake intake, Wishes wishes) {
    this.file = file;
    this.templates = templates;
    this.projects = projects;
    this.intake = intake;
    this.wishes = wishes;
  }

  private record Document(@Nullable List<@Nullable Entry> triggers) {}

  private record Entry(
      @Nullable String name,
      @Nullable String on,
      @Nullable String every,
      @Nullable Map<String, @Nullable String> where,
      @Nullable String project,
      @Nullable String base,
      @Nullable String template,
      @Nullable Map<String, @Nullable String> set) {}

  /** All of them; throws {@link ApiException} if the file cannot be understood. */
  List<Trigger> all() {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw ApiException.invalid(file + " is larger than 1 MiB");
      }
      Document document = Templates.YAML.readValue(Files.readString(file), Document.class);
      List<Trigger> all = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (Entry entry : entries(document)) {
        Trigger trigger = trigger(entry);
        if (!names.add(trigger.name())) {
          throw wrong("trigger " + trigger.name() + " stands there twice");
        }
        all.add(trigger);
      }
      return all;
    } catch (JacksonException malformed) {
      throw wrong(malformed.getOriginalMessage());
    } catch (CharacterCodingException _) {
      throw wrong("it is no text in UTF-8");
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  private static List<@Nullable Entry> entries(@Nullable Document document) {
    return document == null || document.triggers() == null ? List.of() : document.triggers();
  }

  /** Those of projects that whoever asks may see. */
  List<Trigger> visible() {
    return all().stream().filter(this::isVisible).toList();
  }

  /** A project that an event names, or that is not there yet, is one of the first organisation. */
  private boolean isVisible(Trigger trigger) {
    if (trigger.project().contains("{")) {
      return projects.home().isDefault();
    }
    ProjectId id = new ProjectId(trigger.project());
    return projects.find(id).isPresent()
        || (projects.home().isDefault() && projects.ownerOf(id).isEmpty());
  }

  private Trigger trigger(@Nullable Entry entry) {
    if (entry == null || entry.name() == null || !NAME.matcher(entry.name()).matches()) {
      throw wrong("each trigger needs a name of a-z, 0-9 and '-'");
    }
    String name = entry.name();
    if ((entry.on() == null) == (entry.every() == null)) {
      throw wrong("trigger " + name + " needs either on, a type of event, or every, as in 7d");
    }
    if (entry.project() == null || entry.template() == null) {
      throw wrong("trigger " + name + " needs a project and a template");
    }
    requireProject(name, entry.project());
    return new Trigger(
        name,
        entry.on() == null ? "" : entry.on(),
        entry.every() == null ? Duration.ZERO : every(name, entry.every()),
        whole(name, entry.where()),
        entry.project(),
        Objects.requireNonNullElse(entry.base(), ""),
        entry.template(),
        whole(name, entry.set()));
  }

  private void requireProject(String name, String project) {
    try {
      if (!project.contains("{")) {
        var _ = new ProjectId(project);
      }
    } catch (IllegalArgumentException bad) {
      throw wrong("trigger " + name + ": " + bad.getMessage());
    }
  }

  private Map<String, String> whole(String name, @Nullable Map<String, @Nullable String> given) {
    Map<String, String> whole = new HashMap<>();
    if (given != null) {
      given.forEach((key, value) -> {
        if (value == null) {
          throw wrong("trigger " + name + ": " + key + " has no value");
        }
        whole.put(key, value);
      });
    }
    return whole;
  }

  private Duration every(String name, String text) {
    Matcher matcher = EVERY.matcher(text);
    if (!matcher.matches()) {
      throw wrong("trigger " + name + ": every is a number of m, h or d, as in 7d, not " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private ApiException wrong(String what) {
    return ApiException.invalid(file + ": " + what);
  }

  /** Takes in an event, once, with the runs that triggers ask for because of it. */
  IntakeEvent.Answer take(IntakeEvent event) {
    List<Trigger> listening =
        visible().stream()
            .filter(trigger -> trigger.listensTo(event.type(), event.payload()))
            .toList();
    return take(event, listening);
  }

  /** The same for what Capstan itself has to tell: in words, what was asked for and what not. */
  public List<String> hear(IntakeEvent event) {
    try {
      return inWords(take(event), "");
    } catch (ApiException unreadable) {
      return List.of(String.valueOf(unreadable.getMessage()));
    }
  }

  /**
   * Asks for a run from the template {@code fix-ci} on the commit that CI refused: once for each
   * run, and for none that was itself to fix something.
   *
   * @return in words, what was asked for, or why not
   */
  public List<String> fix(RunId run, IntakeEvent failed) {
    Trigger trigger = fixing(failed);
    if (wishes.of(trigger.origin()).stream().anyMatch(wish -> wish.run().equals(run))) {
      return List.of("CI fails on a fix for CI; no further run is asked for");
    }
    try {
      Template template = templates.find(FIX);
      IntakeEvent once = new IntakeEvent(FIX + '/' + run, failed.type(), failed.payload());
      return inWords(
          take(once, List.of(trigger.setting(template.parametersAmong(failed.payload())))),
          " to fix CI");
    } catch (ApiException none) {
      return List.of("CI failed and policy asks for a fix, but " + none.getMessage());
    }
  }

  private static Trigger fixing(IntakeEvent failed) {
    return new Trigger(
        FIX, failed.type(), Duration.ZERO, Map.of(), "{project}", "{commit}", FIX, Map.of());
  }

  private static List<String> inWords(IntakeEvent.Answer answer, String what) {
    List<String> words = new ArrayList<>(answer.notes());
    if (answer.taken()) {
      answer.runs().forEach(run -> words.add("run " + run + " is asked for" + what));
    }
    return words;
  }

  /** The same for triggers that were chosen otherwise. */
  IntakeEvent.Answer take(IntakeEvent event, List<Trigger> triggers) {
    List<Wish> wishes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Trigger trigger : triggers) {
      try {
        wishes.add(wish(trigger, event));
      } catch (ApiException | IllegalArgumentException wrong) {
        notes.add("trigger " + trigger.name() + ": " + wrong.getMessage());
      }
    }
    boolean taken =
        intake.take(
            projects.home().isDefault() ? event.id() : projects.home() + "/" + event.id(),
            event.type(),
            JsonMapper.shared().writeValueAsString(event.payload()),
            wishes);
    List<String> runs = wishes.stream().map(wish -> wish.run().value()).toList();
    return new IntakeEvent.Answer(taken, runs, notes);
  }

  /** What the event says may fill a project's name, but never a place of this machine. */
  private Wish wish(Trigger trigger, IntakeEvent event) {
    Map<String, String> payload = event.payload();
    ProjectId id = new ProjectId(Template.filled(trigger.project(), payload));
    Project project =
        projects
            .find(id)
            .orElseThrow(() ->
                ApiException.notFound(
                    "there is no project " + id + "; capstan projects add registers it"));
    Map<String, String> values = new HashMap<>();
    trigger.set().forEach((name, value) -> values.put(name, Template.filled(value, payload)));
    FilledTemplate filled = templates.find(trigger.template()).fill(values);
    return Wish.of(
        projects.ownerOf(id).orElseThrow(),
        run(trigger, event),
        trigger.origin(),
        0,
        new WishBody(
                project.source(),
                Template.filled(trigger.base(), payload),
                filled.title(),
                filled.tasks(),
                WishBody.BY_RULES,
                false)
            .write());
  }

  /** The same event has the same run for the same trigger. */
  private static RunId run(Trigger trigger, IntakeEvent event) {
    UUID name =
        UUID.nameUUIDFromBytes(
            (trigger.name() + '\n' + event.id()).getBytes(StandardCharsets.UTF_8));
    return new RunId("on-" + name);
  }
}
