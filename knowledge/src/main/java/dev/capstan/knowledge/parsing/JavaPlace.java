package dev.capstan.knowledge.parsing;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the walk through a Java file is.
 *
 * @param container the names of the symbols around it
 * @param scope the same with numbers for classes without a name
 * @param variables the type variables of the methods around it, with their bounds; "" for none
 */
record JavaPlace(String container, String scope, JavaLocals locals, Map<String, String> variables) {
  static final JavaPlace TOP = new JavaPlace("", "", JavaLocals.none(), Map.of());

  static String joined(String around, String own) {
    return around.isEmpty() ? own : around + '.' + own;
  }

  JavaPlace inside(String name) {
    return new JavaPlace(joined(container, name), joined(scope, name), locals.inner(), variables);
  }

  JavaPlace insideNameless(int number) {
    return new JavaPlace(
        container, joined(scope, String.valueOf(number)), locals.inner(), variables);
  }

  JavaPlace insideBlock() {
    return new JavaPlace(container, scope, locals.inner(), variables);
  }

  JavaPlace with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    return new JavaPlace(container, scope, locals, all);
  }
}
