package dev.capstan.workspace.toolchain;

import java.util.List;
import java.util.regex.Pattern;

/** What the POMs of a work tree say about coverage, read as text. */
record MavenPoms(int count, Coverage coverage) {
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
  private static final Pattern PROPERTIES =
      Pattern.compile("<properties>.*?</properties>", Pattern.DOTALL);
  private static final Pattern FIXED_ARG_LINE =
      Pattern.compile("<argLine>(?![^<]*[@$]\\{argLine})[^<]*</argLine>");
  private static final Pattern POM = Pattern.compile("pom\\.xml");
  private static final int MOST_POMS = 500;

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
      all.append(code(tree, path));
    }
    return new MavenPoms(paths.size(), coverage(code(tree, "pom.xml"), all.toString()));
  }

  private static String code(WorkTree tree, String path) throws Unusable {
    return COMMENT.matcher(tree.text(path).orElse("")).replaceAll("");
  }

  private static Coverage coverage(String root, String all) {
    if (all.contains("jacoco-maven-plugin")) {
      boolean lacksReport = !all.contains("<goal>report") && root.contains("jacoco-maven-plugin");
      return lacksReport ? Coverage.REPORT_ADDED : Coverage.OWN;
    }
    String outsideProperties = PROPERTIES.matcher(all).replaceAll("");
    return FIXED_ARG_LINE.matcher(outsideProperties).find()
        ? Coverage.ADDED_PAST_ARG_LINE
        : Coverage.ADDED;
  }
}
