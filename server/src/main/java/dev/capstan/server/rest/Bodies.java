package dev.capstan.server.rest;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of requests, in which JSON may have left out anything. */
public final class Bodies {
  private Bodies() {}

  /** The body itself; throws {@link ApiException} if a field of it, however deep, is missing. */
  public static <T extends Record> T complete(T body) {
    require(body, "");
    return body;
  }

  private static void require(Record body, String within) {
    for (RecordComponent component : body.getClass().getRecordComponents()) {
      String name = within + component.getName();
      switch (value(body, component)) {
        case null -> throw ApiException.invalid("the field " + name + " is missing or null");
        case Record nested -> require(nested, name + '.');
        case List<?> list -> require(list, name);
        default -> {}
      }
    }
  }

  private static void require(List<?> list, String name) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Record nested) {
        require(nested, name + '[' + i + "].");
      }
    }
  }

  private static @Nullable Object value(Record body, RecordComponent component) {
    try {
      return component.getAccessor().invoke(body);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
