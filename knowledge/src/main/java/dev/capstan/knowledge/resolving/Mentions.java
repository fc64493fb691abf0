package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.Parsed.Mention;
import dev.capstan.knowledge.resolving.Link.Relation;
import dev.capstan.knowledge.resolving.SymbolTable.Location;
import dev.capstan.knowledge.resolving.SymbolTable.Named;
import java.util.List;
import java.util.Optional;

/** What prose means by a name or a path that it marks as code. */
final class Mentions {
  private static final int SHORTEST = 4;

  private final String path;
  private final Lookups lookups;

  Mentions(String path, Lookups lookups) {
    this.path = path;
    this.lookups = lookups;
  }

  /** Empty for what looks like nothing of the tree. */
  Optional<Link> link(Mention mention) {
    return file(mention).or(() -> symbol(mention));
  }

  private Optional<Link> file(Mention mention) {
    String wanted = mention.text().replaceFirst("^(?:\\.{0,2}/)+", "");
    if (wanted.isEmpty() || !wanted.contains(".")) {
      return Optional.empty();
    }
    List<Target> found =
        lookups.files(SymbolTable.baseName(wanted)).stream()
            .map(Location::path)
            .filter(each -> each.equals(wanted) || each.endsWith('/' + wanted))
            .filter(each -> !each.equals(path))
            .map(each -> new Target(each, Target.FILE))
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(link(mention, found, "path"));
  }

  private Optional<Link> symbol(Mention mention) {
    String plain = mention.text().replace("::", ".").replace('#', '.');
    String name = plain.substring(plain.lastIndexOf('.') + 1);
    String around = plain.substring(0, Math.max(0, plain.length() - name.length() - 1));
    if (name.length() < SHORTEST) {
      return Optional.empty();
    }
    List<Target> found =
        lookups.named(name).stream()
            .filter(each -> isMeant(each, around))
            .map(Named::target)
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(link(mention, found, "name"));
  }

  /** A type goes by its name alone, anything if what is around it is named too. */
  private static boolean isMeant(Named named, String around) {
    String last = around.substring(around.lastIndexOf('.') + 1);
    String container = named.symbol().container();
    boolean within = container.equals(last) || container.endsWith('.' + last);
    boolean standsAlone =
        named.symbol().kind() == Kind.TYPE
            || named.symbol().name().chars().anyMatch(Character::isUpperCase);
    return around.isEmpty() ? standsAlone : within || named.symbol().kind() == Kind.TYPE;
  }

  private static Link link(Mention mention, List<Target> found, String strategy) {
    return new Link(
        Relation.MENTIONS,
        Target.FILE,
        mention.text(),
        mention.line(),
        Outcome.of(found, strategy, 0.9));
  }
}
