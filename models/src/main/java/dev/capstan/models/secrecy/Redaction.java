package dev.capstan.models.secrecy;

import dev.capstan.models.wire.Wire;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What one attempt's texts hold that a provider must not see, and the marks that stand for it. It
 * lives in this process and is written nowhere. Safe for many threads.
 */
public final class Redaction {
  static final Pattern MARK = Pattern.compile("<SECRET_(\\d{1,6})>");

  /** Of texts that were looked through already; beyond it they are looked through again. */
  private static final long MOST_REMEMBERED = 16_000_000;

  private final SecretFinder finder;
  private final WithheldLines withheld;
  private final Map<String, String> marks = new LinkedHashMap<>();
  private final List<String> secrets = new ArrayList<>();
  private final Map<String, String> remembered = new HashMap<>();
  private long rememberedCharacters;

  public Redaction(SecretFinder finder, WithheldLines withheld) {
    this.finder = finder;
    this.withheld = withheld;
  }

  /** Puts marks in the place of secrets, in every text of it, and withholds what opted out. */
  public synchronized void outwards(ObjectNode body) {
    rewrite(body, (_, text) -> redacted(text));
  }

  /** The text as it may be kept: what opted out is withheld, and no secret can be put back. */
  public synchronized String forEver(String text) {
    return MARK.matcher(redacted(text)).replaceAll("[secret]");
  }

  private String redacted(String text) {
    String known = remembered.get(text);
    if (known != null) {
      return known;
    }
    String open = withheld.without(text);
    for (String secret : longestFirst(finder.in(open))) {
      if (marks.putIfAbsent(secret, "<SECRET_" + (secrets.size() + 1) + '>') == null) {
        secrets.add(secret);
        remembered.clear();
        rememberedCharacters = 0;
      }
    }
    for (String secret : longestFirst(secrets)) {
      open = open.replace(secret, marks.getOrDefault(secret, ""));
    }
    remember(text, open);
    return open;
  }

  private void remember(String text, String redacted) {
    if (rememberedCharacters + text.length() <= MOST_REMEMBERED) {
      remembered.put(text, redacted);
      rememberedCharacters += text.length();
    }
  }

  /** So that of two secrets, of which one is part of the other, the whole is replaced. */
  private static List<String> longestFirst(List<String> secrets) {
    return secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** True if no mark was ever made, so that there is none to put back. */
  public synchronized boolean isEmpty() {
    return secrets.isEmpty();
  }

  /** Puts secrets back where their marks stand. */
  synchronized String restored(String text, boolean withinJson) {
    return MARK.matcher(text)
        .replaceAll(mark ->
            Matcher.quoteReplacement(
                secret(mark.group(), Integer.parseInt(mark.group(1)), withinJson)));
  }

  private String secret(String mark, int number, boolean withinJson) {
    if (number < 1 || number > secrets.size()) {
      return mark;
    }
    String secret = secrets.get(number - 1);
    return withinJson ? escaped(secret) : secret;
  }

  private static String escaped(String text) {
    String quoted = Wire.JSON.writeValueAsString(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Puts secrets back in every text. */
  public void inwards(JsonNode answer) {
    rewrite(answer, (field, text) -> restored(text, Pieces.holdsJson(field)));
  }

  interface Rewriting {
    String of(String field, String text);
  }

  static void rewrite(JsonNode node, Rewriting rewriting) {
    switch (node) {
      case ObjectNode map -> {
        for (String name : List.copyOf(map.propertyNames())) {
          if (map.get(name) instanceof StringNode text) {
            map.put(name, rewriting.of(name, text.asString()));
          } else {
            rewrite(map.path(name), rewriting);
          }
        }
      }
      case ArrayNode list -> {
        for (int at = 0; at < list.size(); at++) {
          if (list.get(at) instanceof StringNode text) {
            list.set(at, StringNode.valueOf(rewriting.of("", text.asString())));
          } else {
            rewrite(list.path(at), rewriting);
          }
        }
      }
      default -> {}
    }
  }
}
