package dev.capstan.verification.dilution;

import java.util.Optional;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterKotlin;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterRust;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;

/** The languages whose tests can be compared. */
enum SourceLanguage {
  JAVA,
  KOTLIN,
  PYTHON,
  JAVASCRIPT,
  TYPESCRIPT,
  TSX,
  GO,
  RUST;

  /** By the ending of the file's name. */
  static Optional<SourceLanguage> of(String path) {
    return switch (path.substring(path.lastIndexOf('.') + 1)) {
      case "java" -> Optional.of(JAVA);
      case "kt", "kts" -> Optional.of(KOTLIN);
      case "py" -> Optional.of(PYTHON);
      case "js", "jsx", "mjs", "cjs" -> Optional.of(JAVASCRIPT);
      case "ts", "mts", "cts" -> Optional.of(TYPESCRIPT);
      case "tsx" -> Optional.of(TSX);
      case "go" -> Optional.of(GO);
      case "rs" -> Optional.of(RUST);
      default -> Optional.empty();
    };
  }

  /** A new one, to be closed. */
  TSLanguage grammar() {
    return switch (this) {
      case JAVA -> new TreeSitterJava();
      case KOTLIN -> new TreeSitterKotlin();
      case PYTHON -> new TreeSitterPython();
      case JAVASCRIPT -> new TreeSitterJavascript();
      case TYPESCRIPT -> new TreeSitterTypescript();
      case TSX -> new TreeSitterTsx();
      case GO -> new TreeSitterGo();
      case RUST -> new TreeSitterRust();
    };
  }
}
