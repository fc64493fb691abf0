package dev.capstan.core.policy;

import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Responses;
import dev.capstan.core.evidence.Violation.Category;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The names that {@code onFailure} knows: categories, checks and {@value #OTHERWISE}. */
public final class Actions {
  /** For whatever has no line of its own. */
  public static final String OTHERWISE = "otherwise";

  private Actions() {}

  /** As people write it: {@code TEST_FAILED} is {@code testFailed}. */
  public static String key(Enum<?> name) {
    StringBuilder key = new StringBuilder();
    for (String word : name.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      key.append(
              key.isEmpty() ? word.substring(0, 1) : word.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(word.substring(1));
    }
    return key.toString();
  }

  /** True for a name that may have an action. */
  public static boolean isKnown(String key) {
    return key.equals(OTHERWISE)
        || Arrays.stream(Category.values()).anyMatch(c -> key(c).equals(key))
        || Arrays.stream(CheckName.values()).anyMatch(c -> key(c).equals(key));
  }

  /** Throws {@link IllegalArgumentException} for what cannot be ignored. */
  public static Responses responses(SortedMap<String, Response> actions) {
    Map<Category, Response> toViolations = new EnumMap<>(Category.class);
    Map<CheckName, Response> toChecks = new EnumMap<>(CheckName.class);
    for (Category category : Category.values()) {
      put(toViolations, category, actions.get(key(category)));
    }
    for (CheckName check : CheckName.values()) {
      put(toChecks, check, actions.get(key(check)));
    }
    return new Responses(
        toViolations, toChecks, actions.getOrDefault(OTHERWISE, Responses.DEFAULT.otherwise()));
  }

  private static <K> void put(Map<K, Response> map, K key, @Nullable Response response) {
    if (response != null) {
      map.put(key, response);
    }
  }
}
