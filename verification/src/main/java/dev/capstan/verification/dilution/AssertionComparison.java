package dev.capstan.verification.dilution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * In which ways a list of assertions asks for less than another. What stands in both is set aside;
 * of the rest, those of the same shape are compared with each other, and the others by strength,
 * the strongest with the strongest: a rewritten assertion may look different, but not ask for less.
 */
final class AssertionComparison {
  private static final Set<String> ANY_ERROR =
      Set.of("Exception", "Throwable", "RuntimeException", "BaseException", "Error");
  private static final Comparator<Assertion> WEAKEST_LAST =
      Comparator.comparing(Assertion::strength)
          .reversed()
          .thenComparingDouble(Assertion::tolerance)
          .thenComparing(Assertion::text);
  private static final double NOISE = 1.000001;

  private final int countBefore;
  private final int countNow;
  private final List<Assertion> before;
  private final List<Assertion> now;
  private final List<String> found = new ArrayList<>();

  private AssertionComparison(List<Assertion> before, List<Assertion> now) {
    this.countBefore = count(before);
    this.countNow = count(now);
    this.before = new ArrayList<>(before);
    this.now = new ArrayList<>(now);
  }

  static List<String> of(List<Assertion> before, List<Assertion> now) {
    AssertionComparison comparison = new AssertionComparison(before, now);
    comparison.setEqualsAside();
    comparison.compareShapes();
    comparison.compareStrengths();
    return comparison.found;
  }

  /** One that asks for nothing does not make up for one that is gone. */
  private static int count(List<Assertion> assertions) {
    return (int) assertions.stream().filter(a -> a.strength() != Strength.TRIVIAL).count();
  }

  private void setEqualsAside() {
    for (Assertion assertion : List.copyOf(before)) {
      take(now, other -> other.text().equals(assertion.text()))
          .ifPresent(_ -> before.remove(assertion));
    }
  }

  private void compareShapes() {
    for (Assertion old : List.copyOf(before)) {
      take(now, other -> other.shape().equals(old.shape()))
          .ifPresent(other -> {
            before.remove(old);
            compareValues(old, other);
          });
    }
  }

  private void compareValues(Assertion old, Assertion other) {
    if (old.tolerance() > 0 || other.tolerance() > 0) {
      if (other.tolerance() > old.tolerance() * NOISE) {
        wider(old, other);
      }
      if (different(old, other) <= 1) {
        return;
      }
    }
    found.add("expected %s, found another value: %s".formatted(old.shown(), other.shown()));
  }

  private static int different(Assertion old, Assertion other) {
    List<String> left = new ArrayList<>(other.literals());
    old.literals().forEach(left::remove);
    return left.size();
  }

  private void wider(Assertion old, Assertion other) {
    found.add(
        "expected a tolerance of %s, found %s: %s"
            .formatted(
                ShapeComparison.number(old.tolerance()),
                ShapeComparison.number(other.tolerance()),
                other.shown()));
  }

  private void compareStrengths() {
    before.sort(WEAKEST_LAST);
    now.sort(WEAKEST_LAST);
    for (int i = 0; i < before.size(); i++) {
      if (i >= now.size()) {
        gone(before.get(i));
        return;
      }
      compare(before.get(i), now.get(i));
    }
    if (found.isEmpty()) {
      compareLiterals();
    }
  }

  private void gone(Assertion old) {
    found.add(
        countNow < countBefore
            ? "expected %s, found %d; gone: %s"
                .formatted(
                    countBefore + (countBefore == 1 ? " assertion" : " assertions"),
                    countNow,
                    old.shown())
            : "expected " + old.shown() + ", found nothing like it");
  }

  private void compare(Assertion old, Assertion other) {
    if (other.strength().compareTo(old.strength()) < 0) {
      found.add(
          "expected %s, which asks for %s, found %s, which asks for %s"
              .formatted(
                  old.shown(), old.strength().words(), other.shown(), other.strength().words()));
    } else if (other.strength() == Strength.CLOSE
        && other.tolerance() > old.tolerance() * NOISE
        && old.tolerance() > 0) {
      wider(old, other);
    } else if (widened(old.error(), other.error())) {
      found.add("expected the failure %s, found %s".formatted(old.error(), other.error()));
    }
  }

  private static boolean widened(String old, String other) {
    return !old.isEmpty() && !isAny(old) && isAny(other);
  }

  private static boolean isAny(String error) {
    return error.isEmpty()
        || ANY_ERROR.contains(error.replaceAll("(?: \\. class| :: class|< | >| )+", ""));
  }

  /** The same strength for another value: in what is most like it, one is gone and one is new. */
  private void compareLiterals() {
    for (Assertion old : before) {
      if (old.strength() != Strength.EXACT) {
        continue;
      }
      now.stream()
          .max(Comparator.comparingInt(other -> common(old, other)))
          .ifPresent(other -> compareLiterals(old, other));
    }
  }

  private static int common(Assertion one, Assertion other) {
    Set<String> words = new HashSet<>(List.of(one.shape().split("\\W+", -1)));
    words.retainAll(List.of(other.shape().split("\\W+", -1)));
    words.remove("_");
    return words.size();
  }

  private void compareLiterals(Assertion old, Assertion other) {
    List<String> lost = new ArrayList<>(old.literals());
    other.literals().forEach(lost::remove);
    List<String> gained = new ArrayList<>(other.literals());
    old.literals().forEach(gained::remove);
    lost.removeIf(AssertionComparison::isText);
    gained.removeIf(AssertionComparison::isText);
    if (!lost.isEmpty() && !gained.isEmpty()) {
      found.add("expected %s, found another value: %s".formatted(old.shown(), other.shown()));
    }
  }

  /** It may be a message. */
  private static boolean isText(String literal) {
    return literal.matches("(?s)\\w{0,2}[\"'`].*");
  }

  private static Optional<Assertion> take(
      List<Assertion> from, java.util.function.Predicate<Assertion> wanted) {
    Optional<Assertion> found = from.stream().filter(wanted).findFirst();
    found.ifPresent(from::remove);
    return found;
  }
}
