package dev.capstan.server.webhook;

import dev.capstan.core.CommitId;
import dev.capstan.core.run.CiReport;
import dev.capstan.core.run.CiReport.Conclusion;
import dev.capstan.server.rest.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** What somebody said of a branch that Capstan may have delivered. Its texts are untrusted. */
sealed interface Word {
  /** What every branch that Capstan delivers starts with. */
  String PREFIX = "capstan/";

  /** Addresses of the repository, any of which may be that of the project. */
  List<String> repositories();

  String branch();

  /** What CI said of a commit; {@code conclusion} is one of {@link Conclusion}. */
  record Ci(
      List<String> repositories,
      String branch,
      String commit,
      String name,
      String conclusion,
      String url,
      String summary,
      Instant at)
      implements Word {
    public Ci {
      repositories = List.copyOf(repositories);
    }

    CiReport report() {
      return new CiReport(
          new CommitId(commit), name, Conclusion.valueOf(conclusion), url, summary, at);
    }
  }

  /** The branch was merged, by that commit. */
  record Merge(List<String> repositories, String branch, String commit) implements Word {
    public Merge {
      repositories = List.copyOf(repositories);
    }
  }

  /** What is stored of it stays readable: {@code PayloadTest} holds that. */
  default String kind() {
    return switch (this) {
      case Ci _ -> "ci.v1";
      case Merge _ -> "merge.v1";
    };
  }

  default String write() {
    return JsonMapper.shared().writeValueAsString(this);
  }

  static Word read(String kind, String json) {
    return switch (kind) {
      case "ci.v1" -> JsonMapper.shared().readValue(json, Ci.class);
      case "merge.v1" -> JsonMapper.shared().readValue(json, Merge.class);
      default -> throw new IllegalStateException("a message of an unknown kind: " + kind);
    };
  }

  // ---- untrusted parts

  int LONGEST_BRANCH = 250;
  Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  Pattern NO_BRANCH = Pattern.compile("[\\s\\p{Cntrl}]");

  /** True for a branch that Capstan may have delivered. */
  static boolean isOurs(String branch) {
    return branch.startsWith(PREFIX)
        && branch.length() <= LONGEST_BRANCH
        && !NO_BRANCH.matcher(branch).find();
  }

  /** On one line, of valid characters, and cut. */
  static String line(String text, int longest) {
    String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String line = CONTROL.matcher(valid).replaceAll(" ").strip();
    int end = Math.min(longest, line.length());
    return line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, end)));
  }

  /** An address of the web, or "". */
  static String web(String text) {
    String line = line(text, 500);
    return line.matches("https?://\\S+") ? line : "";
  }

  static String commit(String text) {
    try {
      return new CommitId(text.toLowerCase(Locale.ROOT)).value();
    } catch (IllegalArgumentException wrong) {
      throw ApiException.invalid("a commit is 40 or 64 hexadecimal digits");
    }
  }
}
