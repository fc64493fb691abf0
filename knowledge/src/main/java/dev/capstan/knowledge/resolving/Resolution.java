package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Parsed.Mention;
import dev.capstan.knowledge.parsing.ParsedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the links of a file mean.
 *
 * @param asked the names that were looked for: while nothing changes under them, nor the file, the
 *     links stay as they are
 */
public record Resolution(List<Link> links, Set<String> asked) {
  public Resolution {
    links = List.copyOf(links);
    asked = Set.copyOf(asked);
  }

  /** The same for the same file and the same table. */
  public static Resolution of(ParsedFile file, SymbolTable table) {
    Lookups lookups = new Lookups(table, file.path());
    List<Link> links = new ArrayList<>();
    switch (file.language()) {
      case JAVA ->
          table
              .unit(file.path())
              .ifPresent(unit -> links.addAll(new JavaResolver(file, unit, lookups).links()));
      case MARKDOWN -> {
        Mentions mentions = new Mentions(file.path(), lookups);
        for (Mention each : file.parsed().mentions()) {
          mentions.link(each).ifPresent(links::add);
        }
      }
      case KOTLIN, PYTHON, TYPESCRIPT, TSX, JAVASCRIPT, GO, RUST, C, CPP, TEXT ->
          links.addAll(new NameResolver(file, lookups).links());
    }
    return new Resolution(links, lookups.asked());
  }

  /** True if one can call the other: their names are looked for together. */
  public static boolean speak(Language one, Language other) {
    return family(one) == family(other);
  }

  private static Language family(Language language) {
    return switch (language) {
      case JAVA, KOTLIN -> Language.JAVA;
      case TYPESCRIPT, TSX, JAVASCRIPT -> Language.JAVASCRIPT;
      case C, CPP -> Language.C;
      case PYTHON, GO, RUST, MARKDOWN, TEXT -> language;
    };
  }
}
