package dev.capstan.knowledge;

import java.util.Locale;

/** What a file is written in, by its name. */
public enum Language {
  JAVA,
  KOTLIN,
  PYTHON,
  TYPESCRIPT,
  TSX,
  JAVASCRIPT,
  GO,
  RUST,
  C,
  CPP,
  MARKDOWN,
  /** Any other text: found by its words, but not parsed. */
  TEXT;

  public static Language of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "java" -> JAVA;
      case "kt", "kts" -> KOTLIN;
      case "py", "pyi" -> PYTHON;
      case "ts", "mts", "cts" -> TYPESCRIPT;
      case "tsx" -> TSX;
      case "js", "jsx", "mjs", "cjs" -> JAVASCRIPT;
      case "go" -> GO;
      case "rs" -> RUST;
      case "c", "h" -> C;
      case "cc", "cpp", "cxx", "hpp", "hh", "hxx" -> CPP;
      case "md", "markdown" -> MARKDOWN;
      default -> TEXT;
    };
  }

  /** As users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
