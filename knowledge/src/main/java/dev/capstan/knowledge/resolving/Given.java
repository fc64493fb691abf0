package dev.capstan.knowledge.resolving;

/**
 * A step of an origin: what a method gives to a function that it is handed.
 *
 * @param position of the function among the arguments
 * @param parameter of the function
 */
record Given(String method, int arguments, int position, int parameter) {
  static boolean isOne(String step) {
    return step.indexOf('^') > 0;
  }

  static Given of(String step) {
    int slash = step.indexOf('/');
    int hat = step.indexOf('^');
    int dot = step.indexOf('.', hat);
    return new Given(
        step.substring(1, slash),
        Integer.parseInt(step.substring(slash + 1, hat)),
        Integer.parseInt(step.substring(hat + 1, dot)),
        Integer.parseInt(step.substring(dot + 1)));
  }
}
