package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.resolving.Link;
import dev.capstan.knowledge.resolving.Link.Relation;
import dev.capstan.knowledge.resolving.Outcome;
import dev.capstan.knowledge.resolving.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Links by what they mean, and calls that do not say what they mean by their names. */
final class Inbound {
  private final Map<Target, List<Place>> byTarget = new HashMap<>();
  private final Map<String, List<Place>> openByName = new HashMap<>();

  /** Where a link stands. */
  record Place(FileLinks file, Link link) {}

  Inbound(Collection<FileLinks> files) {
    files.forEach(file -> file.links().forEach(link -> add(new Place(file, link))));
  }

  private void add(Place place) {
    Link link = place.link();
    switch (link.outcome()) {
      case Outcome.Resolved found ->
          byTarget.computeIfAbsent(found.target(), _ -> new ArrayList<>()).add(place);
      case Outcome.Ambiguous _, Outcome.Unresolved _ -> {
        if (link.relation() == Relation.CALLS) {
          openByName.computeIfAbsent(link.name(), _ -> new ArrayList<>()).add(place);
        }
      }
      case Outcome.External _ -> {}
    }
  }

  List<Place> of(Target target) {
    return byTarget.getOrDefault(target, List.of());
  }

  /** Calls of that name that may mean the target. */
  List<Place> open(String name, Target target) {
    return openByName.getOrDefault(name, List.of()).stream()
        .filter(place -> mayMean(place.link().outcome(), target))
        .toList();
  }

  /** All candidates are kept if they are few; those that are many may be anything. */
  private static boolean mayMean(Outcome outcome, Target target) {
    return switch (outcome) {
      case Outcome.Ambiguous many ->
          many.count() > many.candidates().size() || many.candidates().contains(target);
      case Outcome.Unresolved _ -> true;
      case Outcome.Resolved _, Outcome.External _ -> false;
    };
  }
}
