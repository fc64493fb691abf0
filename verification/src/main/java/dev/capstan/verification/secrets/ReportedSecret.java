package dev.capstan.verification.secrets;

/**
 * A secret that another program says it found.
 *
 * @param file as the program names it
 * @param line from 1; 0 if it does not say
 * @param rule the program's name for this kind of secret
 */
public record ReportedSecret(String file, int line, String rule, String value) {
  private static final int LONGEST_RULE = 100;

  /** The same in another file. */
  public ReportedSecret in(String path) {
    return new ReportedSecret(path, line, rule, value);
  }

  /** The same, told without its value. */
  public Leak leak() {
    String cut = rule.length() > LONGEST_RULE ? rule.substring(0, LONGEST_RULE) : rule;
    return new Leak(cut, value, line, "");
  }

  /** Nothing of it but its place. */
  @Override
  public String toString() {
    return rule + " in " + file + ":" + line;
  }
}
