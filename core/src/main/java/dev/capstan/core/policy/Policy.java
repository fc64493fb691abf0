package dev.capstan.core.policy;

import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Rules;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What holds for a run, with where each value comes from.
 *
 * @param pack the name of the pack it was made with; empty if nobody named one
 * @param version of that pack
 * @param entries each setting's value; none at all asks for nothing beside what a plan says
 */
public record Policy(String pack, int version, Map<Setting, Entry> entries) {
  /** Without a value for anything. */
  public static final Policy NONE = new Policy("", 0, Map.of());

  /**
   * A value with its origin.
   *
   * @param notLoosened origins that asked for less and were not heard
   */
  public record Entry(Value value, String from, List<String> notLoosened) {
    public Entry {
      notLoosened = List.copyOf(notLoosened);
    }
  }

  public Policy {
    EnumMap<Setting, Entry> copy = new EnumMap<>(Setting.class);
    copy.putAll(entries);
    entries = Collections.unmodifiableMap(copy);
  }

  /** The built-in values, with those of the pack in their place. */
  public static Policy of(Pack pack) {
    EnumMap<Setting, Entry> entries = new EnumMap<>(Setting.class);
    BuiltInPacks.standard()
        .values()
        .forEach((setting, value) -> entries.put(setting, new Entry(value, "built-in", List.of())));
    String origin = pack.layer().origin();
    pack.values()
        .forEach((setting, value) -> entries.put(setting, new Entry(value, origin, List.of())));
    return new Policy(pack.name(), pack.version(), entries);
  }

  /**
   * The same with whatever the layer asks for beyond it; where it asks for less it is not heard.
   */
  public Policy tightenedBy(Layer layer) {
    if (entries.isEmpty()) {
      return of(BuiltInPacks.standard()).tightenedBy(layer);
    }
    EnumMap<Setting, Entry> tightened = new EnumMap<>(Setting.class);
    tightened.putAll(entries);
    layer
        .values()
        .forEach(
            (setting, value) -> tightened.put(setting, tightened(setting, value, layer.origin())));
    return new Policy(pack, version, tightened);
  }

  private Entry tightened(Setting setting, Value asked, String origin) {
    Entry given = given(setting);
    Value tighter = Tightening.of(setting, given.value(), asked);
    if (!tighter.equals(given.value())) {
      String from = tighter.equals(asked) ? origin : given.from() + " and " + origin;
      return new Entry(tighter, from, given.notLoosened());
    }
    return asked.equals(given.value())
        ? given
        : new Entry(given.value(), given.from(), and(given.notLoosened(), origin));
  }

  /** A policy that was recorded before there was the setting has what is built in. */
  private Entry given(Setting setting) {
    Entry recorded = entries.get(setting);
    return recorded != null
        ? recorded
        : Objects.requireNonNull(of(BuiltInPacks.standard()).entries().get(setting), setting.key());
  }

  private static List<String> and(List<String> some, String another) {
    return Stream.concat(some.stream(), Stream.of(another)).distinct().toList();
  }

  /** What a step must keep true under this policy: nothing the step asks for is loosened. */
  public Expectations tighten(Expectations own) {
    if (entries.isEmpty()) {
      return own;
    }
    Set<CheckName> required = EnumSet.noneOf(CheckName.class);
    required.addAll(own.required());
    required.addAll(checks(Setting.REQUIRED_CHECKS));
    return new Expectations(
        required,
        Math.max(own.minimumTests(), number(Setting.MINIMUM_TESTS)),
        Math.min(own.allowedCoverageDrop(), number(Setting.COVERAGE_DROP)),
        own.mayChangeNothing(),
        isAlwaysApproved() ? Expectations.Approval.ALWAYS : own.approval(),
        own.judge(),
        rules(required));
  }

  private Rules rules(Set<CheckName> required) {
    Set<CheckName> leftOut = checks(Setting.LEFT_OUT);
    leftOut.removeAll(required);
    return new Rules(
        names(value(Setting.PROTECTED_PATHS)),
        number(Setting.CHANGED_LINES_COVERED),
        number(Setting.LEAST_CONFIDENCE),
        names(value(Setting.FORBIDDEN_LICENCES)),
        leftOut,
        Actions.responses(actions(value(Setting.ON_FAILURE))),
        new Rules.Size(number(Setting.CHANGED_FILES), number(Setting.CHANGED_LINES)));
  }

  private boolean isAlwaysApproved() {
    return word(value(Setting.APPROVAL)).equals("always");
  }

  /** True if a person approves the plan. */
  public boolean planNeedsPerson() {
    return !entries.isEmpty() && word(value(Setting.PLAN_APPROVAL)).equals("person");
  }

  /** The most tries with each engine. */
  public int attempts() {
    return entries.isEmpty() ? Integer.MAX_VALUE : number(Setting.ATTEMPTS);
  }

  /**
   * Changed lines above which a run is delivered as a stack of pull requests; 0 never splits, which
   * is what was meant before there was the setting.
   */
  public int pullRequestLines() {
    Entry entry = entries.get(Setting.PULL_REQUEST_LINES);
    return entry == null ? 0 : number(entry.value());
  }

  /**
   * True if a run is to be asked for that fixes what CI refuses; nobody meant that before there was
   * the setting.
   */
  public boolean fixesCi() {
    Entry entry = entries.get(Setting.ON_CI_FAILURE);
    return entry != null && word(entry.value()).equals("fix");
  }

  public boolean allowsEngine(String engine) {
    if (entries.isEmpty()) {
      return true;
    }
    List<String> allowed = names(value(Setting.ENGINES));
    return allowed.contains(Shape.Allowed.ANY) || allowed.contains(engine);
  }

  /** Who said which engines are allowed, and which: for a refusal. */
  public String enginesInWords() {
    Entry entry = Objects.requireNonNull(entries.get(Setting.ENGINES));
    List<String> allowed = names(entry.value());
    return (allowed.isEmpty() ? "none is allowed" : "allowed: " + String.join(", ", allowed))
        + " ("
        + entry.from()
        + ")";
  }

  private Set<CheckName> checks(Setting setting) {
    Set<CheckName> checks = EnumSet.noneOf(CheckName.class);
    names(value(setting)).forEach(name -> checks.add(CheckName.valueOf(name)));
    return checks;
  }

  private int number(Setting setting) {
    return number(value(setting));
  }

  private Value value(Setting setting) {
    return Objects.requireNonNull(entries.get(setting), setting.key()).value();
  }

  // ---- values whose shape is known

  static int number(Value value) {
    return ((Value.Quantity) value).number();
  }

  static List<String> names(Value value) {
    return ((Value.Names) value).names();
  }

  static String word(Value value) {
    return ((Value.Word) value).word();
  }

  static SortedMap<String, Response> actions(Value value) {
    return ((Value.Actions) value).actions();
  }
}
