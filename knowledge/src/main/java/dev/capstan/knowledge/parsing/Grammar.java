package dev.capstan.knowledge.parsing;

import static dev.capstan.knowledge.parsing.Parsed.Kind.FUNCTION;
import static dev.capstan.knowledge.parsing.Parsed.Kind.MODULE;
import static dev.capstan.knowledge.parsing.Parsed.Kind.TYPE;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterC;
import org.treesitter.TreeSitterCpp;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterKotlin;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterRust;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;

/**
 * Which nodes of a language's trees declare, import and call.
 *
 * @param calls the field of each that holds what is called; "" for its first child
 */
record Grammar(
    Supplier<TSLanguage> nativeLanguage,
    Map<String, Kind> declarations,
    Map<String, String> calls,
    Set<String> imports) {
  /** {@link JavaExtraction} knows its nodes. */
  private static final Grammar JAVA =
      new Grammar(TreeSitterJava::new, Map.of(), Map.of(), Set.of());

  private static final Grammar KOTLIN =
      new Grammar(
          TreeSitterKotlin::new,
          Map.of(
              "class_declaration", TYPE,
              "object_declaration", TYPE,
              "type_alias", TYPE,
              "function_declaration", FUNCTION),
          Map.of("call_expression", "", "constructor_invocation", ""),
          Set.of("import_header"));
  private static final Grammar PYTHON =
      new Grammar(
          TreeSitterPython::new,
          Map.of("class_definition", TYPE, "function_definition", FUNCTION),
          Map.of("call", "function"),
          Set.of("import_statement", "import_from_statement"));
  private static final Map<String, Kind> SCRIPT =
      Map.of(
          "class_declaration", TYPE,
          "abstract_class_declaration", TYPE,
          "interface_declaration", TYPE,
          "type_alias_declaration", TYPE,
          "enum_declaration", TYPE,
          "internal_module", MODULE,
          "function_declaration", FUNCTION,
          "generator_function_declaration", FUNCTION,
          "method_definition", FUNCTION,
          "method_signature", FUNCTION);
  private static final Map<String, String> SCRIPT_CALLS =
      Map.of("call_expression", "function", "new_expression", "constructor");
  private static final Grammar GO =
      new Grammar(
          TreeSitterGo::new,
          Map.of(
              "type_spec", TYPE,
              "type_alias", TYPE,
              "function_declaration", FUNCTION,
              "method_declaration", FUNCTION),
          Map.of("call_expression", "function"),
          Set.of("import_spec"));
  private static final Grammar RUST =
      new Grammar(
          TreeSitterRust::new,
          Map.of(
              "struct_item", TYPE,
              "enum_item", TYPE,
              "union_item", TYPE,
              "trait_item", TYPE,
              "type_item", TYPE,
              "impl_item", TYPE,
              "mod_item", MODULE,
              "function_item", FUNCTION,
              "function_signature_item", FUNCTION,
              "macro_definition", FUNCTION),
          Map.of("call_expression", "function", "macro_invocation", "macro"),
          Set.of("use_declaration"));
  private static final Grammar C =
      new Grammar(
          TreeSitterC::new,
          Map.of(
              "struct_specifier", TYPE,
              "union_specifier", TYPE,
              "enum_specifier", TYPE,
              "type_definition", TYPE,
              "preproc_function_def", FUNCTION,
              "function_definition", FUNCTION),
          Map.of("call_expression", "function"),
          Set.of("preproc_include"));
  private static final Grammar CPP =
      new Grammar(
          TreeSitterCpp::new,
          Map.of(
              "class_specifier", TYPE,
              "struct_specifier", TYPE,
              "union_specifier", TYPE,
              "enum_specifier", TYPE,
              "type_definition", TYPE,
              "alias_declaration", TYPE,
              "namespace_definition", MODULE,
              "preproc_function_def", FUNCTION,
              "function_definition", FUNCTION),
          Map.of("call_expression", "function", "new_expression", "type"),
          Set.of("preproc_include", "using_declaration"));

  private static Grammar script(Supplier<TSLanguage> nativeLanguage) {
    return new Grammar(nativeLanguage, SCRIPT, SCRIPT_CALLS, Set.of("import_statement"));
  }

  /** Empty for what is cut without a grammar. */
  static Optional<Grammar> of(Language language) {
    return switch (language) {
      case JAVA -> Optional.of(JAVA);
      case KOTLIN -> Optional.of(KOTLIN);
      case PYTHON -> Optional.of(PYTHON);
      case TYPESCRIPT -> Optional.of(script(TreeSitterTypescript::new));
      case TSX -> Optional.of(script(TreeSitterTsx::new));
      case JAVASCRIPT -> Optional.of(script(TreeSitterJavascript::new));
      case GO -> Optional.of(GO);
      case RUST -> Optional.of(RUST);
      case C -> Optional.of(C);
      case CPP -> Optional.of(CPP);
      case MARKDOWN, TEXT -> Optional.empty();
    };
  }
}
