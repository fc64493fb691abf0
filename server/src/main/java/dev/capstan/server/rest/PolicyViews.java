package dev.capstan.server.rest;

import dev.capstan.api.PolicyView;
import dev.capstan.api.PolicyView.ValueView;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.policy.Actions;
import dev.capstan.core.policy.Policy;
import dev.capstan.core.policy.Setting;
import dev.capstan.core.policy.Shape;
import dev.capstan.core.policy.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** Policies as the API shows them: values as people write them. */
final class PolicyViews {
  private PolicyViews() {}

  static PolicyView view(String project, Policy policy, String note) {
    return new PolicyView(
        project,
        policy.pack(),
        policy.version(),
        policy.entries().entrySet().stream().map(e -> value(e.getKey(), e.getValue())).toList(),
        note);
  }

  private static ValueView value(Setting setting, Policy.Entry entry) {
    return new ValueView(
        setting.key(),
        text(setting, entry.value()),
        entry.from(),
        entry.notLoosened(),
        setting.meaning());
  }

  private static String text(Setting setting, Value value) {
    return switch (value) {
      case Value.Quantity(var number) -> number(setting.shape(), number);
      case Value.Names(var names) when setting.shape() instanceof Shape.Checks ->
          list(names.stream().map(name -> Actions.key(CheckName.valueOf(name))).toList());
      case Value.Names(var names) -> list(names);
      case Value.Word(var word) -> word;
      case Value.Actions(var actions) ->
          actions.entrySet().stream()
              .map(e -> e.getKey() + ": " + text(e.getValue()))
              .collect(Collectors.joining(", "));
    };
  }

  private static String number(Shape shape, int number) {
    return switch (shape) {
      case Shape.Hundredths _ -> BigDecimal.valueOf(number, 2).stripTrailingZeros().toPlainString();
      case Shape.Whole(_, var most, _) when number == most -> "no limit";
      case Shape.UpTo _ when number == 0 -> "no limit";
      case Shape.Whole _,
          Shape.UpTo _,
          Shape.Checks _,
          Shape.Texts _,
          Shape.Allowed _,
          Shape.OneOf _,
          Shape.Actions _ ->
          String.valueOf(number);
    };
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String text(Response response) {
    return switch (response) {
      case Response.Ignore(var reason) -> "ignore: " + reason;
      case Response.Retry _ -> "retry";
      case Response.Fix _ -> "fix";
      case Response.Escalate _ -> "escalate";
      case Response.Block _ -> "block";
    };
  }
}
