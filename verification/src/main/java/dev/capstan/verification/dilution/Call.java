package dev.capstan.verification.dilution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call, or a chain of them such as {@code expect(x).not.toBe(3)}.
 *
 * @param links in the order they are called
 */
record Call(List<Link> links) {
  Call {
    links = List.copyOf(links);
  }

  /**
   * One call.
   *
   * @param words what stands before the name, such as {@code Assertions} or {@code not}
   */
  record Link(List<String> words, String name, List<SyntaxNode> arguments) {
    Link {
      words = List.copyOf(words);
      arguments = List.copyOf(arguments);
    }
  }

  Link root() {
    return links.getFirst();
  }

  Link last() {
    return links.getLast();
  }

  /** Empty if the node is no call. */
  static Optional<Call> of(SyntaxNode node) {
    Flat flat = new Flat();
    return isCall(node) && flat.call(node) ? Optional.of(new Call(flat.links)) : Optional.empty();
  }

  /** {@code expect(x).to.be.true} as a call of {@code true} without arguments. */
  static Optional<Call> ofProperty(SyntaxNode node) {
    if (!node.is("member_expression")) {
      return Optional.empty();
    }
    Flat flat = new Flat();
    flat.flatten(node);
    if (flat.links.isEmpty() || flat.words.isEmpty()) {
      return Optional.empty();
    }
    flat.close(List.of());
    return Optional.of(new Call(flat.links));
  }

  private static boolean isCall(SyntaxNode node) {
    return node.is("call", "call_expression", "method_invocation", "macro_invocation")
        || (node.is("infix_expression") && node.children().size() == 3);
  }

  /** Takes the nested nodes of a chain apart. */
  private static final class Flat {
    private final List<Link> links = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    boolean call(SyntaxNode node) {
      switch (node.type()) {
        case "method_invocation" -> {
          node.field("object").ifPresent(this::flatten);
          node.field("name").ifPresent(name -> words.add(name.leaf()));
          close(arguments(node.field("arguments")));
        }
        case "macro_invocation" -> {
          node.field("macro").ifPresent(this::flatten);
          close(node.first("token_tree").map(Flat::tokens).orElse(List.of()));
        }
        case "infix_expression" -> {
          flatten(node.children().get(0));
          if (!words.isEmpty()) {
            close(List.of());
          }
          words.add(node.children().get(1).text());
          close(List.of(node.children().get(2)));
        }
        default -> {
          if (node.children().isEmpty()) {
            return false;
          }
          flatten(node.field("function").orElse(node.children().getFirst()));
          close(
              node.field("arguments").isPresent()
                  ? arguments(node.field("arguments"))
                  : suffix(node));
        }
      }
      return true;
    }

    void flatten(SyntaxNode node) {
      if (isCall(node)) {
        call(node);
        return;
      }
      switch (node.type()) {
        case "member_expression",
            "attribute",
            "selector_expression",
            "field_expression",
            "field_access",
            "navigation_expression",
            "navigation_suffix",
            "scoped_identifier",
            "generic_function",
            "parenthesized_expression",
            "await_expression",
            "non_null_expression" ->
            node.children().stream().filter(Flat::says).forEach(this::flatten);
        case "type_arguments" -> {}
        default -> words.add(node.text());
      }
    }

    private static boolean says(SyntaxNode node) {
      return !node.leaf().matches("[.():!?]*|\\?\\.|::|await") || !node.children().isEmpty();
    }

    void close(List<SyntaxNode> arguments) {
      String name = words.isEmpty() ? "" : words.removeLast();
      links.add(new Link(words, name, arguments));
      words.clear();
    }

    private static List<SyntaxNode> arguments(Optional<SyntaxNode> node) {
      return node.map(list -> list.children().stream().filter(Flat::isArgument).toList())
          .orElse(List.of());
    }

    private static boolean isArgument(SyntaxNode node) {
      return !node.is("(", ")", ",");
    }

    /** Kotlin's. */
    private static List<SyntaxNode> suffix(SyntaxNode call) {
      List<SyntaxNode> arguments = new ArrayList<>();
      call.first("call_suffix")
          .ifPresent(suffix -> {
            suffix.first("type_arguments").ifPresent(arguments::add);
            suffix
                .first("value_arguments")
                .ifPresent(list -> arguments.addAll(list.all("value_argument")));
            arguments.addAll(suffix.all("annotated_lambda"));
          });
      return arguments;
    }

    /** A macro's tokens, split where a comma stands at the top. */
    private static List<SyntaxNode> tokens(SyntaxNode tree) {
      List<SyntaxNode> arguments = new ArrayList<>();
      List<SyntaxNode> argument = new ArrayList<>();
      for (SyntaxNode token : tree.children().subList(1, Math.max(1, tree.children().size() - 1))) {
        if (token.is(",")) {
          arguments.add(new SyntaxNode("tokens", "", "", argument));
          argument = new ArrayList<>();
        } else {
          argument.add(token);
        }
      }
      if (!argument.isEmpty()) {
        arguments.add(new SyntaxNode("tokens", "", "", argument));
      }
      return arguments;
    }
  }
}
