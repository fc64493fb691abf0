package dev.capstan.verification.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what compilers complain about in the output of a build. */
public final class CompilerErrors {
  private static final int LISTED = 20;
  private static final int LONGEST = 1_000;

  private static final Pattern ESCAPES = Pattern.compile("\u001B\\[[0-9;]*[A-Za-z]");

  /** The first that matches a line counts; each is anchored and free of nested repetition. */
  private static final List<Pattern> PLACED =
      List.of(
          Pattern.compile(
              "\\[ERROR\\] (?<file>[^\\[]+\\.\\w+):\\[(?<line>\\d+),\\d+\\] (?<text>.*)"),
          Pattern.compile(
              "e: (?:file://)?(?<file>[^:]+\\.\\w+):(?: ?\\()?(?<line>\\d+)[:,] ?\\d+\\)?:? (?<text>.*)"),
          Pattern.compile(
              "(?<file>[^:( ]+\\.\\w+)[:(](?<line>\\d+)[:,]\\d+\\)?(?: -|:) (?<text>error TS.*)"),
          Pattern.compile(
              "(?<file>[^: ]+\\.\\w+):(?<line>\\d+)(?::\\d+)?: (?:fatal )?error: (?<text>.*)"),
          Pattern.compile("(?<file>[^: ]+\\.go):(?<line>\\d+)(?::\\d+)?: (?<text>.*)"));

  private static final Pattern RUST = Pattern.compile("error(?:\\[E\\d+\\])?: (?<text>.*)");
  private static final Pattern RUST_PLACE =
      Pattern.compile("\\s*--> (?<file>[^:]+):(?<line>\\d+):\\d+");
  private static final Pattern PYTHON_PLACE =
      Pattern.compile("\\s*File \"(?<file>[^\"]+)\", line (?<line>\\d+).*");
  private static final Pattern PYTHON =
      Pattern.compile("(?<text>(?:SyntaxError|IndentationError|TabError): .*)");

  private static final List<String> STOPPED =
      List.of(
          "COMPILATION ERROR",
          "Compilation failed; see the compiler",
          "Compilation error. See log",
          "error: could not compile",
          "[build failed]");

  private final Set<String> found = new LinkedHashSet<>();
  private String rust = "";
  private String pythonPlace = "";

  private CompilerErrors() {}

  /** The first errors, each {@code file:line: message}. */
  public static List<String> in(List<String> lines) {
    CompilerErrors errors = new CompilerErrors();
    for (String line : lines) {
      String cut = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
      errors.line(ESCAPES.matcher(cut).replaceAll("").stripTrailing());
    }
    return new ArrayList<>(errors.found).subList(0, Math.min(LISTED, errors.found.size()));
  }

  /** True if the output says that the build itself stopped because something did not compile. */
  public static boolean stopTheBuild(List<String> lines) {
    return lines.stream().anyMatch(line -> STOPPED.stream().anyMatch(line::contains));
  }

  private void line(String line) {
    Optional<Matcher> placed =
        PLACED.stream().map(pattern -> pattern.matcher(line)).filter(Matcher::matches).findFirst();
    if (placed.isPresent()) {
      Matcher error = placed.get();
      found.add(place(error) + ": " + error.group("text").strip());
      return;
    }
    rust(line);
    python(line);
  }

  private void rust(String line) {
    Matcher error = RUST.matcher(line);
    Matcher place = RUST_PLACE.matcher(line);
    if (error.matches()) {
      rust = error.group("text");
    } else if (place.matches() && !rust.isEmpty()) {
      found.add(place(place) + ": " + rust);
      rust = "";
    }
  }

  private void python(String line) {
    Matcher place = PYTHON_PLACE.matcher(line);
    Matcher error = PYTHON.matcher(line);
    if (place.matches()) {
      pythonPlace = place(place);
    } else if (error.matches() && !pythonPlace.isEmpty()) {
      found.add(pythonPlace + ": " + error.group("text"));
      pythonPlace = "";
    }
  }

  private static String place(Matcher matcher) {
    return matcher.group("file").replaceFirst("^\\./", "") + ":" + matcher.group("line");
  }
}
