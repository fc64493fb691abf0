package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Origin;
import dev.capstan.knowledge.parsing.Parsed.Call;
import dev.capstan.knowledge.parsing.Parsed.Form;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.ParsedFile;
import dev.capstan.knowledge.resolving.JavaMembers.Found;
import dev.capstan.knowledge.resolving.JavaNames.Place;
import dev.capstan.knowledge.resolving.JavaType.JavaFunction;
import dev.capstan.knowledge.resolving.JavaUnit.Imported;
import dev.capstan.knowledge.resolving.Link.Relation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The links of one Java file, by the rules of Java as far as types are written. */
final class JavaResolver {
  private final ParsedFile file;
  private final JavaUnit unit;
  private final Lookups lookups;
  private final JavaNames names;
  private final JavaMembers members;
  private final JavaValues values;
  private final Callers callers;
  private final List<Link> links = new ArrayList<>();

  JavaResolver(ParsedFile file, JavaUnit unit, Lookups lookups) {
    this.file = file;
    this.unit = unit;
    this.lookups = lookups;
    this.names = new JavaNames(lookups);
    this.members = new JavaMembers(names);
    this.values = new JavaValues(unit, lookups, names, members);
    this.callers = new Callers(file.parsed().symbols());
  }

  List<Link> links() {
    unit.imports().forEach(this::addImport);
    unit.types().forEach(this::addSupers);
    unit.types().forEach(this::addOverrides);
    file.parsed().calls().forEach(this::addCall);
    return links;
  }

  private void addImport(Imported each) {
    String name = each.all() ? each.name() + ".*" : each.name();
    links.add(new Link(Relation.IMPORTS, Target.FILE, name, each.line(), imported(each)));
  }

  private Outcome imported(Imported each) {
    List<Target> inPackage =
        each.all() && !each.isStatic() ? lookups.inPackage(each.name()) : List.of();
    if (!inPackage.isEmpty()) {
      return Outcome.ambiguous(inPackage, "all of a package");
    }
    return names
        .declared(each.isStatic() ? each.owner() : each.name(), unit, "")
        .<Outcome>map(type -> new Outcome.Resolved(type.target(), "import", 1))
        .orElse(new Outcome.External("import"));
  }

  private void addSupers(JavaType type) {
    for (String written : type.supers()) {
      Outcome outcome =
          switch (names.type(written, Place.of(unit, type.around()))) {
            case Type.Known known -> new Outcome.Resolved(known.type().target(), "type", 1);
            case Type.Outside _ -> new Outcome.External("type");
            case Type.ArrayOf _, Type.Unknown _ -> new Outcome.Unresolved("is not understood");
          };
      links.add(new Link(Relation.EXTENDS, type.symbol(), written, lineOf(type), outcome));
    }
  }

  private int lineOf(JavaType type) {
    return type.symbol() < 0 ? 1 : file.parsed().symbols().get(type.symbol()).firstLine();
  }

  private void addOverrides(JavaType type) {
    type.functions()
        .forEach((name, functions) -> {
          for (JavaFunction each : functions) {
            if (!name.equals(JavaType.CONSTRUCTOR) && each.symbol() != type.symbol()) {
              addOverride(type, each);
            }
          }
        });
  }

  /** From each type above, since a call may name any of them. */
  private void addOverride(JavaType type, JavaFunction function) {
    int arguments = function.parameters().size();
    Set<Outcome> outcomes = new LinkedHashSet<>();
    for (Type above : names.supers(type, Map.of())) {
      if (above instanceof Type.Known known
          && members.method(known, function.name(), arguments) instanceof Found.Here here) {
        outcomes.add(overridden(here));
      }
    }
    if (outcomes.isEmpty()
        && members.inherited(JavaValues.inside(type), function.name(), arguments)
            instanceof Found.Outside outside) {
      outcomes.add(new Outcome.External(outside.type()));
    }
    int line = file.parsed().symbols().get(function.symbol()).firstLine();
    for (Outcome outcome : outcomes) {
      links.add(new Link(Relation.OVERRIDES, function.symbol(), function.name(), line, outcome));
    }
  }

  private static Outcome overridden(Found.Here here) {
    return Outcome.of(targets(here.owner(), here.functions()), "inheritance", 0.95);
  }

  private static List<Target> targets(JavaType owner, List<JavaFunction> functions) {
    return functions.stream()
        .map(each -> new Target(owner.unit().path(), each.symbol()))
        .distinct()
        .toList();
  }

  private void addCall(Call call) {
    String scope = call.scope().isEmpty() ? call.caller() : call.scope();
    int from = callers.symbol(call.caller(), call.line());
    links.add(new Link(Relation.CALLS, from, call.name(), call.line(), called(call, scope)));
  }

  private Outcome called(Call call, String scope) {
    String origin = call.origin();
    if (origin.startsWith(Origin.CREATED)) {
      String type = origin.substring(Origin.CREATED.length());
      return created(names.type(type, Place.of(unit, scope)), call);
    }
    if (call.name().equals(Origin.THIS) || call.name().equals(Origin.SUPER)) {
      return constructor(call, scope);
    }
    if (origin.equals(Origin.SUPER)) {
      return unit.around(scope)
          .map(type -> members.inherited(JavaValues.inside(type), call.name(), call.arguments()))
          .map(found -> found(found, call, "super"))
          .orElse(new Outcome.Unresolved("is in no class"));
    }
    if (origin.isEmpty()) {
      return found(values.unqualified(call.name(), call.arguments(), scope), call, "scope");
    }
    return on(values.type(origin, scope), call);
  }

  private Outcome on(Type type, Call call) {
    return switch (type) {
      case Type.Known known ->
          found(members.method(known, call.name(), call.arguments()), call, "type of the receiver");
      case Type.Outside outside -> outside(outside.name());
      case Type.ArrayOf _ -> new Outcome.External("array");
      case Type.Unknown _ -> byName(call);
    };
  }

  private Outcome found(Found found, Call call, String strategy) {
    return switch (found) {
      case Found.Here here -> here(here, strategy);
      case Found.Outside outside -> new Outcome.External(outside.type());
      case Found.Nowhere _ -> nowhere(call);
    };
  }

  private static Outcome here(Found.Here here, String strategy) {
    List<Target> targets = targets(here.owner(), here.functions());
    return Outcome.of(targets, targets.size() == 1 ? strategy : OVERLOADS, 1);
  }

  /** All candidates are of one type and one name. */
  static final String OVERLOADS = "overloads of one method";

  private Outcome nowhere(Call call) {
    return lookups.named(call.name()).isEmpty()
        ? new Outcome.Unresolved("nothing of that name is declared")
        : new Outcome.Unresolved("its type has no such method that takes so many arguments");
  }

  private Outcome constructor(Call call, String scope) {
    Optional<JavaType> own = unit.around(scope);
    if (call.origin().equals(Origin.UNKNOWN) || own.isEmpty()) {
      return new Outcome.Unresolved("is made inside of another object");
    }
    if (call.name().equals(Origin.THIS)) {
      return created(JavaValues.inside(own.get()), call);
    }
    List<Type> supers = names.supers(own.get(), Map.of());
    return supers.isEmpty() || own.get().form() != Form.CLASS
        ? new Outcome.External("Object")
        : created(supers.getFirst(), call);
  }

  private Outcome created(Type type, Call call) {
    return switch (type) {
      case Type.Known known -> constructors(known.type(), call);
      case Type.Outside outside -> outside(outside.name());
      case Type.ArrayOf _ -> new Outcome.External("array");
      case Type.Unknown _ -> byName(call);
    };
  }

  private Outcome constructors(JavaType type, Call call) {
    List<JavaFunction> found = JavaMembers.taking(type, JavaType.CONSTRUCTOR, call.arguments());
    if (!found.isEmpty()) {
      return here(new Found.Here(type, Map.of(), found), "constructor");
    }
    boolean isImplicit =
        !type.functions().containsKey(JavaType.CONSTRUCTOR) || type.form() == Form.RECORD;
    return isImplicit
        ? new Outcome.Resolved(type.target(), "implicit constructor", 1)
        : new Outcome.Unresolved("no constructor takes so many arguments");
  }

  /** What Java does not know may be declared in a language beside it. */
  private Outcome outside(String type) {
    String simple = type.substring(type.lastIndexOf('.') + 1);
    List<Target> beside =
        lookups.named(simple).stream()
            .filter(each -> each.language() == Language.KOTLIN && each.symbol().kind() == Kind.TYPE)
            .map(SymbolTable.Named::target)
            .toList();
    return beside.isEmpty()
        ? new Outcome.External(type)
        : Outcome.ambiguous(beside, "type of another language");
  }

  private Outcome byName(Call call) {
    List<Target> found =
        lookups.named(call.name()).stream()
            .filter(each -> Resolution.speak(each.language(), Language.JAVA))
            .filter(each -> each.symbol().kind() == Kind.FUNCTION)
            .map(SymbolTable.Named::target)
            .toList();
    return found.isEmpty()
        ? new Outcome.External("no such name is declared")
        : Outcome.ambiguous(found, "name alone");
  }
}
