package dev.capstan.verification.dilution;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A test as its source names it.
 *
 * @param path of the file, with {@code /}
 * @param containers classes, modules or blocks from the outside in; may be empty
 */
public record TestName(String path, List<String> containers, String name) {
  private static final Pattern DATA =
      Pattern.compile("(?:\\(.*\\))?\\s*(?:\\[.*\\])?(?: #\\d+)?$", Pattern.DOTALL);
  private static final String BETWEEN = " > ";

  public TestName {
    containers = List.copyOf(containers);
  }

  /** For people: {@code src/test/ShopTest.java > ShopTest > adds}. */
  public String text() {
    return String.join(BETWEEN, path, within());
  }

  private String within() {
    return containers.isEmpty() ? name : String.join(BETWEEN, containers) + BETWEEN + name;
  }

  /**
   * True if a reported case is this test, or this test with some of its data: by class and method,
   * since reports name no file.
   */
  public boolean isReportedAs(String caseId) {
    int split = caseId.lastIndexOf(BETWEEN);
    String group = split < 0 ? "" : caseId.substring(0, split);
    String reported = split < 0 ? caseId : caseId.substring(split + BETWEEN.length());
    return sameName(reported) && sameGroup(group);
  }

  private boolean sameName(String reported) {
    return reported.equals(name)
        || (reported.startsWith(name) && DATA.matcher(reported.substring(name.length())).matches())
        || reported.startsWith(name + "/");
  }

  private boolean sameGroup(String group) {
    if (containers.isEmpty()) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      return group.isEmpty()
          || !file.endsWith(".py")
          || group.contains(file.substring(0, file.length() - 3));
    }
    return containers.stream().allMatch(group::contains) || group.contains(containers.getLast());
  }
}
