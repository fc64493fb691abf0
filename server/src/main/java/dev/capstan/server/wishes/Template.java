package dev.capstan.server.wishes;

import dev.capstan.api.FilledTemplate;
import dev.capstan.api.TemplateView;
import dev.capstan.api.TemplateView.Parameter;
import dev.capstan.server.rest.ApiException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A goal or task list with places to be filled, by name and version. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-zA-Z0-9]*)\\}");

  private final TemplateView view;

  Template(TemplateView view) {
    this.view = view;
    for (String name : places()) {
      if (view.parameters().stream().noneMatch(one -> one.name().equals(name))) {
        throw ApiException.invalid(
            "template " + view.name() + " has the place {" + name + "} and no parameter for it");
      }
    }
  }

  TemplateView view() {
    return view;
  }

  private List<String> places() {
    List<String> names = new ArrayList<>();
    Matcher place = PLACE.matcher(view.goal() + ' ' + view.tasks());
    while (place.find()) {
      names.add(place.group(1));
    }
    return names;
  }

  /** Those of the values that the template has a parameter for. */
  Map<String, String> parametersAmong(Map<String, String> values) {
    Map<String, String> known = new HashMap<>(values);
    known.keySet().retainAll(view.parameters().stream().map(Parameter::name).toList());
    return known;
  }

  /** Throws {@link ApiException} for a value that is missing, unknown, or not as it must be. */
  FilledTemplate fill(Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    for (Parameter parameter : view.parameters()) {
      String value = given.getOrDefault(parameter.name(), parameter.usual());
      if (value.isBlank()) {
        throw wrong(parameter, "needs a value");
      }
      if (!parameter.pattern().isEmpty() && !value.matches(parameter.pattern())) {
        throw wrong(
            parameter, "cannot be \"" + value + "\", but must match " + parameter.pattern());
      }
      values.put(parameter.name(), value);
    }
    given.keySet().stream()
        .filter(name -> !values.containsKey(name))
        .findFirst()
        .ifPresent(name -> {
          throw ApiException.invalid(
              "template "
                  + view.name()
                  + " has no parameter "
                  + name
                  + "; it has "
                  + values.keySet());
        });
    return new FilledTemplate(filled(view.goal(), values), filled(view.tasks(), values));
  }

  private ApiException wrong(Parameter parameter, String why) {
    return ApiException.invalid(
        "parameter " + parameter.name() + " of template " + view.name() + ' ' + why);
  }

  /** Places whose name is not among the values stay as they are. */
  static String filled(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }
}
