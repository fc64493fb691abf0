package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit as git stores it.
 *
 * @param authorDate for git: {@code @seconds +zone}
 */
record RawCommit(
    List<CommitId> parents,
    String authorName,
    String authorEmail,
    String authorDate,
    String committerDate,
    String message) {
  private static final Pattern PERSON =
      Pattern.compile("(author|committer) (.*?) ?<([^>]*)> (\\d+ [+-]\\d{4})");

  RawCommit {
    parents = List.copyOf(parents);
  }

  static RawCommit parse(String text) {
    int end = text.indexOf("\n\n");
    List<String> head = text.substring(0, end < 0 ? text.length() : end).lines().toList();
    Matcher author = person(head, "author ");
    Matcher committer = person(head, "committer ");
    return new RawCommit(
        head.stream()
            .filter(line -> line.startsWith("parent "))
            .map(line -> new CommitId(line.substring("parent ".length())))
            .toList(),
        author.group(2).isBlank() ? "Unknown" : author.group(2),
        author.group(3).isBlank() ? "unknown" : author.group(3),
        "@" + author.group(4),
        "@" + committer.group(4),
        end < 0 ? "" : text.substring(end + 2));
  }

  private static Matcher person(List<String> head, String start) {
    String line = head.stream().filter(each -> each.startsWith(start)).findFirst().orElse("");
    Matcher matcher = PERSON.matcher(line);
    if (!matcher.matches()) {
      throw GitFailure.lasting("a commit with a broken line: \"" + line + '"');
    }
    return matcher;
  }
}
