package dev.capstan.workspace.toolchain;

import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.policy.Actions;
import dev.capstan.core.policy.BuiltInPacks;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Pack;
import dev.capstan.core.policy.Setting;
import dev.capstan.core.policy.Shape;
import dev.capstan.core.policy.Value;
import dev.capstan.workspace.toolchain.ConfigFile.Entry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Policies as YAML: a pack of an installation, or what a repository asks for itself. */
public final class PolicyFile {
  /** The most that is read of such a file, in bytes. */
  public static final int LARGEST = 1 << 20;

  private static final int MOST_NAMES = 1_000;
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,2})?");
  private static final String IGNORE = "ignore:";

  private PolicyFile() {}

  /**
   * The {@code policy:} of a repository's configuration; empty if it has none.
   *
   * @throws IllegalArgumentException with the file, the line, and what is wrong there
   */
  public static Layer repository(String text) {
    try {
      Entry part =
          text.isBlank() ? null : ConfigFile.parse(Toolchain.CONFIGURATION, text).entry("policy");
      return new Layer(
          Toolchain.CONFIGURATION,
          part == null || !part.given() ? Map.of() : values(part.withKeys(keys())));
    } catch (Unusable unusable) {
      throw new IllegalArgumentException(unusable.problem(), unusable);
    }
  }

  /**
   * A pack of the installation's own.
   *
   * @throws IllegalArgumentException with the file, the line, and what is wrong there
   */
  public static Pack pack(String name, String text) {
    try {
      Entry root =
          ConfigFile.parse(name + ".yaml", text)
              .whole()
              .withKeys(keys("version", "summary", "extends"));
      Map<Setting, Value> values = new EnumMap<>(Setting.class);
      if (root.at("extends").given()) {
        values.putAll(builtIn(root.at("extends")).values());
      }
      values.putAll(values(root));
      return new Pack(
          name,
          root.at("version").number(1, 1_000_000),
          root.at("summary").given() ? root.at("summary").text() : "",
          values);
    } catch (Unusable unusable) {
      throw new IllegalArgumentException(unusable.problem(), unusable);
    }
  }

  private static Pack builtIn(Entry entry) throws Unusable {
    String name = entry.text();
    for (Pack pack : BuiltInPacks.all()) {
      if (pack.name().equals(name)) {
        return pack;
      }
    }
    throw entry.wrong("must be one of " + BuiltInPacks.all().stream().map(Pack::name).toList());
  }

  private static String[] keys(String... more) {
    return Stream.concat(Arrays.stream(more), Arrays.stream(Setting.values()).map(Setting::key))
        .toArray(String[]::new);
  }

  private static Map<Setting, Value> values(Entry part) throws Unusable {
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      Entry entry = part.at(setting.key());
      if (entry.given()) {
        values.put(setting, value(setting, entry));
      }
    }
    return values;
  }

  private static Value value(Setting setting, Entry entry) throws Unusable {
    return switch (setting.shape()) {
      case Shape.Whole(var least, var most, _) -> new Value.Quantity(entry.number(least, most));
      case Shape.UpTo(var most) -> new Value.Quantity(entry.number(0, most));
      case Shape.Hundredths(var most, _) -> hundredths(entry, most);
      case Shape.Checks _ -> checks(entry);
      case Shape.Texts _, Shape.Allowed _ -> names(entry);
      case Shape.OneOf(var words) -> word(entry, words);
      case Shape.Actions _ -> actions(entry);
    };
  }

  private static Value hundredths(Entry entry, int most) throws Unusable {
    String text = entry.text();
    if (!DECIMAL.matcher(text).matches()) {
      throw entry.wrong("must be a number with at most two decimals");
    }
    int hundredths = new BigDecimal(text).movePointRight(2).intValueExact();
    if (hundredths > most) {
      throw entry.wrong(
          "must be at most " + BigDecimal.valueOf(most, 2).stripTrailingZeros().toPlainString());
    }
    return new Value.Quantity(hundredths);
  }

  private static Value names(Entry entry) throws Unusable {
    List<String> names = entry.texts();
    if (names.size() > MOST_NAMES || names.stream().anyMatch(name -> name.length() > 500)) {
      throw entry.wrong("must be at most " + MOST_NAMES + " names of at most 500 characters");
    }
    return new Value.Names(names);
  }

  private static Value checks(Entry entry) throws Unusable {
    List<String> names = new ArrayList<>();
    for (Entry item : entry.items()) {
      String given = item.text();
      CheckName check =
          Arrays.stream(CheckName.values())
              .filter(c -> Actions.key(c).equals(given))
              .findFirst()
              .orElse(null);
      if (check == null) {
        throw item.wrong(
            "must be one of " + Arrays.stream(CheckName.values()).map(Actions::key).toList());
      }
      names.add(check.name());
    }
    return new Value.Names(names);
  }

  private static Value word(Entry entry, List<String> words) throws Unusable {
    String word = entry.text();
    if (!words.contains(word)) {
      throw entry.wrong("must be one of " + words);
    }
    return new Value.Word(word);
  }

  private static Value actions(Entry entry) throws Unusable {
    SortedMap<String, Response> actions = new TreeMap<>();
    for (Map.Entry<String, String> given : entry.textsByName().entrySet()) {
      Entry at = entry.at(given.getKey());
      if (!Actions.isKnown(given.getKey())) {
        throw at.wrong("is neither a check nor the category of a violation");
      }
      actions.put(given.getKey(), response(at, given.getValue()));
    }
    try {
      Actions.responses(actions);
    } catch (IllegalArgumentException wrong) {
      throw entry.wrong(": " + wrong.getMessage());
    }
    return new Value.Actions(actions);
  }

  private static Response response(Entry at, String text) throws Unusable {
    if (text.startsWith(IGNORE) && !text.substring(IGNORE.length()).isBlank()) {
      return new Response.Ignore(text.substring(IGNORE.length()).strip());
    }
    return switch (text) {
      case "retry" -> new Response.Retry();
      case "fix" -> new Response.Fix();
      case "escalate" -> new Response.Escalate();
      case "block" -> new Response.Block();
      default ->
          throw at.wrong("must be retry, fix, escalate, block, or \"ignore: \" and the reason");
    };
  }
}
