package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.parsing.Parsed.Mention;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from Markdown what is marked as code and looks like a name or a path, and local links. */
final class Mentions {
  private static final Pattern MARKED =
      Pattern.compile(
          "`([\\w$./:#-]{2,120})(?:\\([^`]{0,80}\\))?`|\\]\\(([\\w./-]{2,200})(?:#[^)]*)?\\)");
  private static final int MOST = 2_000;

  private Mentions() {}

  static List<Mention> in(List<String> lines) {
    List<Mention> mentions = new ArrayList<>();
    for (int i = 0; i < lines.size() && mentions.size() < MOST; i++) {
      Matcher marked = MARKED.matcher(lines.get(i));
      while (marked.find()) {
        String text = marked.group(1) == null ? marked.group(2) : marked.group(1);
        mentions.add(new Mention(text, i + 1));
      }
    }
    return mentions;
  }
}
