package dev.capstan.knowledge.resolving;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the commonest types of the JDK give back of what was put in them, so that a chain through a
 * list or a map does not end there. Of all else that is outside of the tree nothing is known.
 */
final class Library {
  private static final Set<String> OF_ONE =
      Set.of(
          "Iterable",
          "Collection",
          "List",
          "ArrayList",
          "LinkedList",
          "Set",
          "HashSet",
          "LinkedHashSet",
          "TreeSet",
          "SortedSet",
          "NavigableSet",
          "SequencedSet",
          "SequencedCollection",
          "Queue",
          "Deque",
          "ArrayDeque",
          "PriorityQueue",
          "BlockingQueue",
          "Iterator",
          "ListIterator",
          "Optional",
          "Stream",
          "Supplier",
          "AtomicReference",
          "ThreadLocal",
          "Callable",
          "Future",
          "CompletableFuture",
          "WeakReference",
          "SoftReference",
          "Reference",
          "CopyOnWriteArrayList",
          "LinkedBlockingQueue",
          "ConcurrentLinkedQueue",
          "ConcurrentLinkedDeque",
          "Class");
  private static final Set<String> MAPS =
      Set.of(
          "Map",
          "HashMap",
          "LinkedHashMap",
          "TreeMap",
          "SortedMap",
          "NavigableMap",
          "ConcurrentMap",
          "ConcurrentHashMap",
          "SequencedMap",
          "EnumMap",
          "WeakHashMap",
          "IdentityHashMap");
  private static final Set<String> ENTRIES = Set.of("Map.Entry", "Entry");
  private static final Set<String> GIVES_ONE =
      Set.of(
          "get",
          "next",
          "previous",
          "remove",
          "removeFirst",
          "removeLast",
          "getFirst",
          "getLast",
          "first",
          "last",
          "poll",
          "pollFirst",
          "pollLast",
          "peek",
          "peekFirst",
          "peekLast",
          "pop",
          "take",
          "element",
          "orElse",
          "orElseThrow",
          "orElseGet",
          "join",
          "call",
          "cast",
          "newInstance",
          "getAndSet",
          "ceiling",
          "floor",
          "higher",
          "lower");
  private static final Set<String> GIVES_SAME =
      Set.of(
          "iterator",
          "listIterator",
          "stream",
          "parallelStream",
          "subList",
          "reversed",
          "filter",
          "sorted",
          "distinct",
          "limit",
          "skip",
          "peek",
          "findFirst",
          "findAny",
          "or",
          "toList",
          "descendingIterator",
          "min",
          "max",
          "takeWhile",
          "dropWhile",
          "headSet",
          "tailSet");
  private static final Set<String> GIVES_VALUE =
      Set.of(
          "get",
          "getOrDefault",
          "put",
          "putIfAbsent",
          "remove",
          "replace",
          "computeIfAbsent",
          "computeIfPresent",
          "compute",
          "merge");
  private static final Set<String> GIVES_ENTRY =
      Set.of(
          "firstEntry",
          "lastEntry",
          "pollFirstEntry",
          "pollLastEntry",
          "floorEntry",
          "ceilingEntry",
          "higherEntry",
          "lowerEntry");
  private static final Set<String> GIVES_OTHER = Set.of("toArray", "exceptionally");
  private static final Set<String> COMPARES = Set.of("sort", "sorted", "min", "max", "reduce");
  private static final Set<String> TAKES_ONE =
      Set.of(
          "Function",
          "Consumer",
          "Predicate",
          "UnaryOperator",
          "ToIntFunction",
          "ToLongFunction",
          "ToDoubleFunction");
  private static final Set<String> TAKES_TWO_OF_ONE = Set.of("BinaryOperator", "Comparator");
  private static final Set<String> TAKES_TWO =
      Set.of(
          "BiFunction",
          "BiConsumer",
          "BiPredicate",
          "ToIntBiFunction",
          "ToLongBiFunction",
          "ToDoubleBiFunction");
  private static final Set<String> GIVES_KEY =
      Set.of("firstKey", "lastKey", "floorKey", "ceilingKey", "higherKey", "lowerKey");

  private Library() {}

  static Type element(Type.Outside value) {
    return OF_ONE.contains(simple(value)) && value.arguments().size() == 1
        ? value.arguments().getFirst()
        : Type.UNKNOWN;
  }

  static Type step(Type.Outside value, String step) {
    int slash = step.indexOf('/');
    String name = slash < 0 ? step : step.substring(1, slash);
    if (slash < 0) {
      boolean isType = Character.isUpperCase(step.charAt(1));
      return isType ? new Type.Outside(value.name() + step, List.of()) : Type.UNKNOWN;
    }
    String type = simple(value);
    List<Type> arguments = value.arguments();
    if (arguments.size() == 1 && OF_ONE.contains(type)) {
      return ofOne(type, name, step, arguments.getFirst());
    }
    if (arguments.size() == 2 && MAPS.contains(type)) {
      return ofMap(name, arguments);
    }
    if (arguments.size() == 2 && (ENTRIES.contains(type) || ENTRIES.contains(value.name()))) {
      return Map.of("getKey", arguments.getFirst(), "getValue", arguments.getLast())
          .getOrDefault(name, Type.UNKNOWN);
    }
    return Type.UNKNOWN;
  }

  private static Type ofOne(String type, String name, String step, Type argument) {
    boolean peeks = name.equals("peek") && step.endsWith("/1");
    if (GIVES_SAME.contains(name) && (peeks || !name.equals("peek"))) {
      String given =
          switch (name) {
            case "iterator", "listIterator", "descendingIterator" -> "Iterator";
            case "stream", "parallelStream" -> "Stream";
            case "findFirst", "findAny", "min", "max" -> "Optional";
            case "toList" -> "List";
            default -> type;
          };
      return new Type.Outside(given, List.of(argument));
    }
    return GIVES_ONE.contains(name) ? argument : Type.UNKNOWN;
  }

  private static Type ofMap(String name, List<Type> arguments) {
    Type key = arguments.getFirst();
    Type value = arguments.getLast();
    Type entry = new Type.Outside("Map.Entry", arguments);
    return switch (name) {
      case "keySet", "navigableKeySet" -> new Type.Outside("Set", List.of(key));
      case "values" -> new Type.Outside("Collection", List.of(value));
      case "entrySet" -> new Type.Outside("Set", List.of(entry));
      default -> {
        Type plain = GIVES_KEY.contains(name) ? key : Type.UNKNOWN;
        yield GIVES_VALUE.contains(name) ? value : GIVES_ENTRY.contains(name) ? entry : plain;
      }
    };
  }

  /** What a list, a stream or a map gives to a function that it is handed. */
  static Type given(Type.Outside value, Given given) {
    String type = simple(value);
    List<Type> arguments = value.arguments();
    if (arguments.size() == 1 && OF_ONE.contains(type) && !GIVES_OTHER.contains(given.method())) {
      boolean isOneOfIt = given.parameter() == 0 || COMPARES.contains(given.method());
      return isOneOfIt ? arguments.getFirst() : Type.UNKNOWN;
    }
    if (arguments.size() == 2 && MAPS.contains(type)) {
      boolean isValue = given.parameter() > 0 || given.method().equals("merge");
      return isValue ? arguments.getLast() : arguments.getFirst();
    }
    return Type.UNKNOWN;
  }

  /** What an interface for functions gives to their parameters. */
  static Type parameter(Type.Outside function, int parameter) {
    List<Type> arguments = function.arguments();
    String type = simple(function);
    if (TAKES_ONE.contains(type) && parameter == 0 && !arguments.isEmpty()) {
      return arguments.getFirst();
    }
    if (TAKES_TWO_OF_ONE.contains(type) && arguments.size() == 1) {
      return arguments.getFirst();
    }
    return TAKES_TWO.contains(type) && arguments.size() > parameter
        ? arguments.get(parameter)
        : Type.UNKNOWN;
  }

  private static String simple(Type.Outside value) {
    return value.name().substring(value.name().lastIndexOf('.') + 1);
  }
}
