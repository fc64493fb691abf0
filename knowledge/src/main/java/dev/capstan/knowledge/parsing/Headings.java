package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.FileState.Lines;
import dev.capstan.knowledge.parsing.Parsed.Chunk;
import dev.capstan.knowledge.parsing.Parsed.How;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts Markdown by its headings; what stands in a block of code is none. */
final class Headings {
  private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(.{1,200}?)[\\s#]*");

  private record Heading(int level, String name, String container, int line) {}

  private Headings() {}

  static Parsed parse(List<String> lines) {
    List<Heading> headings = headings(lines);
    List<Symbol> symbols = new ArrayList<>();
    List<Chunk> chunks = new ArrayList<>();
    chunks(lines, 1, headings.isEmpty() ? lines.size() : headings.getFirst().line - 1, "", chunks);
    for (int i = 0; i < headings.size(); i++) {
      Heading heading = headings.get(i);
      int last = i + 1 < headings.size() ? headings.get(i + 1).line - 1 : lines.size();
      symbols.add(
          new Symbol(heading.name, heading.container, Kind.HEADING, heading.line, last, false));
      String header = (heading.container.replace('.', ' ') + ' ' + heading.name).strip();
      chunks(lines, heading.line, last, header, chunks);
    }
    return new Parsed(
        How.HEADINGS, "", symbols, List.of(), List.of(), chunks, List.of(), Mentions.in(lines));
  }

  private static List<Heading> headings(List<String> lines) {
    List<Heading> headings = new ArrayList<>();
    Deque<Heading> around = new ArrayDeque<>();
    boolean code = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      code ^= line.stripLeading().startsWith("```") || line.stripLeading().startsWith("~~~");
      Matcher matcher = HEADING.matcher(line);
      if (!code && line.startsWith("#") && matcher.matches()) {
        int level = matcher.group(1).length();
        while (!around.isEmpty() && around.peek().level >= level) {
          around.pop();
        }
        String container = around.isEmpty() ? "" : around.peek().name;
        around.push(new Heading(level, matcher.group(2).strip(), container, i + 1));
        headings.add(around.peek());
      }
    }
    return headings;
  }

  private static void chunks(
      List<String> lines, int first, int last, String header, List<Chunk> chunks) {
    if (last < first) {
      return;
    }
    for (Lines piece : Pieces.ofLines(lines.subList(first - 1, last))) {
      chunks.add(new Chunk(piece.first() + first - 1, piece.last() + first - 1, header));
    }
  }
}
