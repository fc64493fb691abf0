package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Origin;
import dev.capstan.knowledge.parsing.Parsed.Call;
import dev.capstan.knowledge.parsing.Parsed.Import;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import dev.capstan.knowledge.parsing.ParsedFile;
import dev.capstan.knowledge.resolving.Link.Relation;
import dev.capstan.knowledge.resolving.SymbolTable.Named;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The links of a file in a language whose types are not read: by imports, by what is in the same
 * file or package, and by the names of types. A name alone resolves nothing where it could mean
 * something else.
 */
final class NameResolver {
  private static final Set<String> OWN = Set.of("self", "this", "cls", "Self");

  private final ParsedFile file;
  private final Lookups lookups;
  private final Imports imports;
  private final Callers callers;
  private final Set<String> imported = new HashSet<>();

  NameResolver(ParsedFile file, Lookups lookups) {
    this.file = file;
    this.lookups = lookups;
    this.imports = new Imports(file.path(), file.language(), lookups);
    this.callers = new Callers(file.parsed().symbols());
  }

  List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (Import each : file.parsed().imports()) {
      List<Target> found = imports.files(each.text());
      found.forEach(target -> imported.add(target.path()));
      Outcome outcome =
          found.isEmpty() ? new Outcome.External("import") : Outcome.of(found, "import", 0.95);
      links.add(new Link(Relation.IMPORTS, Target.FILE, each.text(), each.line(), outcome));
    }
    for (Call call : file.parsed().calls()) {
      int from = callers.symbol(call.caller(), call.line());
      links.add(new Link(Relation.CALLS, from, call.name(), call.line(), called(call)));
    }
    return links;
  }

  private Outcome called(Call call) {
    List<Named> all =
        lookups.named(call.name()).stream()
            .filter(each -> Resolution.speak(each.language(), file.language()))
            .filter(each -> each.symbol().kind() != Kind.MODULE)
            .toList();
    if (all.isEmpty()) {
      return new Outcome.External("no such name is declared");
    }
    for (Map.Entry<String, Predicate<Named>> each : rules(call).entrySet()) {
      List<Target> found = all.stream().filter(each.getValue()).map(Named::target).toList();
      if (!found.isEmpty()) {
        return Outcome.of(found, each.getKey(), 0.9);
      }
    }
    return onlyOne(all, call)
        .orElseGet(() -> Outcome.ambiguous(all.stream().map(Named::target).toList(), "name alone"));
  }

  /** The strictest first. */
  private Map<String, Predicate<Named>> rules(Call call) {
    if (hasLostReceiver(call)) {
      return Map.of();
    }
    String receiver = lastSegment(call.receiver());
    if (call.receiver().isEmpty()) {
      return ordered(
          "same file",
          this::isNearby,
          "same package",
          this::isOfPackage,
          "import",
          this::isImported);
    }
    if (OWN.contains(receiver)) {
      String type = outer(call.caller());
      return Map.of("own type", each -> isHere(each) && each.symbol().container().equals(type));
    }
    return ordered(
        "named type",
        each -> isMember(each, receiver) && isSeen(each),
        "module",
        each -> isTop(each.symbol()) && isImported(each) && isModule(each, receiver),
        "named type elsewhere",
        each -> isMember(each, receiver) && Character.isUpperCase(receiver.charAt(0)));
  }

  /** Something that is no plain name stands before the method, and nothing says what it is. */
  private static boolean hasLostReceiver(Call call) {
    return call.origin().equals(Origin.UNKNOWN);
  }

  private static Map<String, Predicate<Named>> ordered(
      String first,
      Predicate<Named> one,
      String second,
      Predicate<Named> two,
      String third,
      Predicate<Named> three) {
    Map<String, Predicate<Named>> rules = new LinkedHashMap<>();
    rules.put(first, one);
    rules.put(second, two);
    rules.put(third, three);
    return rules;
  }

  private boolean isHere(Named named) {
    return named.target().path().equals(file.path());
  }

  private boolean isNearby(Named named) {
    return isHere(named) && isTop(named.symbol());
  }

  private boolean isOfPackage(Named named) {
    boolean shared = file.language() == Language.GO || file.language() == Language.KOTLIN;
    return shared
        && isTop(named.symbol())
        && folder(named.target().path()).equals(folder(file.path()));
  }

  private boolean isImported(Named named) {
    return isTop(named.symbol()) && imported.contains(named.target().path());
  }

  private boolean isSeen(Named named) {
    return isHere(named)
        || folder(named.target().path()).equals(folder(file.path()))
        || imported.contains(named.target().path());
  }

  private static boolean isTop(Symbol symbol) {
    return symbol.container().isEmpty() || symbol.kind() == Kind.TYPE;
  }

  private static boolean isMember(Named named, String type) {
    String container = named.symbol().container();
    return container.equals(type) || container.endsWith('.' + type);
  }

  private static boolean isModule(Named named, String receiver) {
    String path = named.target().path();
    return SymbolTable.baseName(path).equals(receiver) || folder(path).endsWith(receiver);
  }

  /** In C a name is that of all files; elsewhere one that is not imported may be anything. */
  private Optional<Outcome> onlyOne(List<Named> all, Call call) {
    boolean global = file.language() == Language.C || file.language() == Language.CPP;
    boolean one = all.size() == 1 && global && call.receiver().isEmpty() && !hasLostReceiver(call);
    return one
        ? Optional.of(new Outcome.Resolved(all.getFirst().target(), "unique name", 0.7))
        : Optional.empty();
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String outer(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }

  private static String lastSegment(String receiver) {
    String[] parts = receiver.split("\\.|::|->", -1);
    return parts[parts.length - 1];
  }
}
