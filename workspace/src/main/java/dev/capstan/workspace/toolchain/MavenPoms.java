package dev.capstan.workspace.toolchain;

import java.util.List;
import java.util.regex.Pattern;

/** What the POMs of a work tree say about coverage, read as text. */
record MavenPoms(int count, Coverage coverage) {
  private static final Pattern FIXED_ARG_LINE =
      Pattern.compile("<argLine>(?![^<]*[@$]\\{argLine})[^<]*</argLine>");
  private static final Pattern POM = Pattern.compile("pom\\.xml");
  private static final int MOST_POMS = 500;
  private static final int MOST_CHARACTERS = 8 << 20;

  /** Who measures coverage. */
  enum Coverage {
    ADDED("JaCoCo is added on the command line"),
    ADDED_PAST_ARG_LINE(
        "JaCoCo is added on the command line beside the fixed argLine of the POM; not for failsafe"),
    REPORT_ADDED("JaCoCo is in the POM; only its report is added"),
    OWN("JaCoCo is in the POM and reports by itself");

    private final String reason;

    Coverage(String reason) {
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  static MavenPoms read(WorkTree tree) throws Unusable {
    List<String> paths = tree.named(POM);
    StringBuilder all = new StringBuilder();
    for (String path : paths.stream().limit(MOST_POMS).toList()) {
      if (all.length() < MOST_CHARACTERS) {
        all.append(code(tree, path));
      }
    }
    return new MavenPoms(paths.size(), coverage(code(tree, "pom.xml"), all.toString()));
  }

  private static String code(WorkTree tree, String path) throws Unusable {
    return without("<!--", "-->", tree.text(path).orElse(""));
  }

  /** Each place is looked at once, which a regular expression would not do in a bad file. */
  private static String without(String opening, String closing, String text) {
    StringBuilder left = new StringBuilder();
    int from = 0;
    int start = text.indexOf(opening);
    int end = start < 0 ? -1 : text.indexOf(closing, start);
    while (end >= 0) {
      left.append(text, from, start);
      from = end + closing.length();
      start = text.indexOf(opening, from);
      end = start < 0 ? -1 : text.indexOf(closing, start);
    }
    return left.append(text, from, text.length()).toString();
  }

  private static Coverage coverage(String root, String all) {
    if (all.contains("jacoco-maven-plugin")) {
      boolean lacksReport = !all.contains("<goal>report") && root.contains("jacoco-maven-plugin");
      return lacksReport ? Coverage.REPORT_ADDED : Coverage.OWN;
    }
    String outsideProperties = without("<properties>", "</properties>", all);
    return FIXED_ARG_LINE.matcher(outsideProperties).find()
        ? Coverage.ADDED_PAST_ARG_LINE
        : Coverage.ADDED;
  }
}
