package dev.capstan.verification.nearest;

import java.util.HashSet;
import java.util.Set;

/**
 * Java, Kotlin, Groovy and Scala: a file provides the type it is named after. It asks for what it
 * imports, and for each name in it that a type of its own package or of a package it imports wholly
 * could have.
 */
final class JvmUses implements Uses {
  private static final Set<String> ENDINGS = Set.of("java", "kt", "groovy", "scala");
  private static final String ANY = "*";

  @Override
  public boolean reads(String path) {
    return ENDINGS.contains(Paths.ending(path));
  }

  @Override
  public Set<String> provides(String path, String text) {
    String type = Paths.name(Paths.withoutEnding(path));
    String pack = text.isEmpty() ? packageByPath(path) : packageOf(text);
    Set<String> keys = new HashSet<>(Set.of(key(pack, type)));
    if (!path.endsWith(".java")) {
      // Functions and types of such a file need not be named as it is.
      keys.add(key(pack, ANY));
    }
    return keys;
  }

  @Override
  public Set<String> asks(String path, String text) {
    Set<String> keys = new HashSet<>();
    Set<String> packages = new HashSet<>(Set.of(packageOf(text)));
    text.lines()
        .filter(line -> line.startsWith("import "))
        .forEach(line -> addImport(line.substring(7), keys, packages));
    for (String name : typeNames(text)) {
      packages.forEach(pack -> keys.add(key(pack, name)));
    }
    return keys;
  }

  private static void addImport(String line, Set<String> keys, Set<String> packages) {
    String what = line.startsWith("static ") ? line.substring(7) : line;
    String name = upTo(what.strip(), " ;");
    if (name.endsWith(".*") || name.endsWith("._")) {
      String outer = name.substring(0, name.length() - 2);
      packages.add(outer);
      keys.add(outer);
      return;
    }
    keys.add(name);
    int dot = name.lastIndexOf('.');
    if (dot > 0) {
      // A member of a type, or a function of a package.
      keys.add(name.substring(0, dot));
      keys.add(key(name.substring(0, dot), ANY));
    }
  }

  private static Set<String> typeNames(String text) {
    Set<String> names = new HashSet<>();
    int at = 0;
    while (at < text.length()) {
      if (!Character.isJavaIdentifierStart(text.charAt(at))) {
        at++;
        continue;
      }
      int start = at;
      while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        at++;
      }
      if (Character.isUpperCase(text.charAt(start))) {
        names.add(text.substring(start, at));
      }
    }
    return names;
  }

  private static String packageOf(String text) {
    return text.lines()
        .filter(line -> line.startsWith("package "))
        .findFirst()
        .map(line -> upTo(line.substring(8).strip(), " ;"))
        .orElse("");
  }

  /** Below {@code src/main/java} and the like; else nobody knows where packages begin. */
  private static String packageByPath(String path) {
    String folder = Paths.folder(path);
    for (String language : ENDINGS) {
      String root = "/" + (language.equals("kt") ? "kotlin" : language) + "/";
      int at = ("/" + folder + "/").indexOf(root);
      if (at >= 0) {
        String below = (folder + "/").substring(Math.min(folder.length(), at + root.length() - 1));
        return below.replaceAll("/+$", "").replace('/', '.');
      }
    }
    return "";
  }

  private static String upTo(String text, String ends) {
    int end = 0;
    while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }

  private static String key(String pack, String type) {
    return pack.isEmpty() ? type : pack + "." + type;
  }
}
