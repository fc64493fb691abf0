package dev.capstan.knowledge.parsing;

import java.util.List;

/**
 * Where a value comes from, as far as one file says it: a base and the steps from there, written as
 * {@code base|step|step}. It is short, since there is one for each call.
 *
 * <p>A base is {@code =Type} for a value of that type, {@code new Type} for its making, {@code
 * this}, {@code this:Outer}, {@code super}, the name of something that is no local variable, "" for
 * what is called without a receiver, or {@code ?}. A step is {@code .field}, {@code .method/2} with
 * a number of arguments, {@code .method/2^1.0} for what that gives to the first parameter of a
 * function that is its second argument, or {@code []} for an element of an array or of what can be
 * iterated.
 */
public final class Origin {
  public static final String UNKNOWN = "?";
  public static final String ELEMENT = "[]";
  public static final String THIS = "this";
  public static final String SUPER = "super";

  /** Before the type that is made. */
  public static final String CREATED = "new ";

  private static final int LONGEST = 300;

  private Origin() {}

  public static String ofType(String type) {
    return "=" + type;
  }

  /** What is called is a constructor. */
  static String created(String type) {
    return CREATED + type;
  }

  static String outer(String type) {
    return THIS + ':' + type;
  }

  static String field(String of, String name) {
    return step(of, '.' + name);
  }

  static String call(String of, String name, int arguments) {
    return step(of, '.' + name + '/' + arguments);
  }

  static String element(String of) {
    return step(of, ELEMENT);
  }

  /**
   * What a method gives to a function that it is handed.
   *
   * @param position of the function among the arguments
   * @param parameter of the function
   */
  static String given(String of, String name, int arguments, int position, int parameter) {
    return step(of, '.' + name + '/' + arguments + '^' + position + '.' + parameter);
  }

  private static String step(String of, String step) {
    boolean known = !of.equals(UNKNOWN) && of.length() < LONGEST;
    return known ? of + '|' + step : UNKNOWN;
  }

  /** The base, then the steps. */
  public static List<String> parts(String origin) {
    return List.of(origin.split("\\|", -1));
  }
}
