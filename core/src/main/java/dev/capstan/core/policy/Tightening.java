package dev.capstan.core.policy;

import dev.capstan.core.evidence.Response;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The tighter of two values: never looser than either. */
final class Tightening {
  private Tightening() {}

  static Value of(Setting setting, Value one, Value other) {
    return switch (setting.shape()) {
      case Shape.Whole(_, _, var moreIsTighter) -> number(one, other, moreIsTighter);
      case Shape.Hundredths(_, var moreIsTighter) -> number(one, other, moreIsTighter);
      case Shape.UpTo _ -> upTo(one, other);
      case Shape.Checks(var moreIsTighter) -> moreIsTighter ? all(one, other) : both(one, other);
      case Shape.Texts _ -> all(one, other);
      case Shape.Allowed _ -> allowed(one, other);
      case Shape.OneOf(var words) -> word(one, other, words);
      case Shape.Actions _ -> actions(one, other);
    };
  }

  private static Value number(Value one, Value other, boolean moreIsTighter) {
    int a = Policy.number(one);
    int b = Policy.number(other);
    return new Value.Quantity(moreIsTighter ? Math.max(a, b) : Math.min(a, b));
  }

  private static Value upTo(Value one, Value other) {
    boolean unlimited = Policy.number(one) == 0 || Policy.number(other) == 0;
    return number(one, other, unlimited);
  }

  private static Value all(Value one, Value other) {
    return new Value.Names(
        Stream.concat(Policy.names(one).stream(), Policy.names(other).stream()).toList());
  }

  private static Value both(Value one, Value other) {
    return new Value.Names(
        Policy.names(one).stream().filter(Policy.names(other)::contains).toList());
  }

  private static Value allowed(Value one, Value other) {
    if (Policy.names(one).contains(Shape.Allowed.ANY)) {
      return other;
    }
    return Policy.names(other).contains(Shape.Allowed.ANY) ? one : both(one, other);
  }

  private static Value word(Value one, Value other, List<String> loosestFirst) {
    int a = loosestFirst.indexOf(Policy.word(one));
    int b = loosestFirst.indexOf(Policy.word(other));
    return a >= b ? one : other;
  }

  /** What one of them does not name follows as its {@code otherwise} says. */
  private static Value actions(Value one, Value other) {
    SortedMap<String, Response> mine = Policy.actions(one);
    SortedMap<String, Response> theirs = Policy.actions(other);
    SortedMap<String, Response> tighter = new TreeMap<>(mine);
    theirs.forEach((name, response) ->
        tighter.merge(
            name,
            Response.stricter(otherwise(mine), response),
            (was, _) -> Response.stricter(was, response)));
    Response least = Response.stricter(otherwise(mine), otherwise(theirs));
    mine.forEach((name, response) -> {
      if (!theirs.containsKey(name) && theirs.containsKey(Actions.OTHERWISE)) {
        tighter.put(name, Response.stricter(response, otherwise(theirs)));
      }
    });
    if (mine.containsKey(Actions.OTHERWISE) || theirs.containsKey(Actions.OTHERWISE)) {
      tighter.put(Actions.OTHERWISE, least);
    }
    return new Value.Actions(tighter);
  }

  private static Response otherwise(SortedMap<String, Response> actions) {
    return actions.getOrDefault(Actions.OTHERWISE, new Response.Retry());
  }
}
