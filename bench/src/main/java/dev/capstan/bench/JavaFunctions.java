package dev.capstan.bench;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The functions of a Java file and what their comments say, read by the JDK's own compiler. */
final class JavaFunctions extends TreePathScanner<Void, Void> {
  private static final int FEWEST_LINES = 3;

  private final DocTrees trees;
  private final SourcePositions positions;
  private final CompilationUnitTree unit;
  private final LineMap lines;
  private final List<Function> found = new ArrayList<>();

  /**
   * A function with a body of three lines at least.
   *
   * @param comment the first paragraph of what is said of it, without tags; "" if nothing is
   */
  record Function(String name, int firstLine, int lastLine, String comment) {}

  private JavaFunctions(DocTrees trees, CompilationUnitTree unit) {
    this.trees = trees;
    this.positions = trees.getSourcePositions();
    this.unit = unit;
    this.lines = unit.getLineMap();
  }

  /** None where the text is no Java. */
  static List<Function> of(String text) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null,
                null,
                new DiagnosticCollector<JavaFileObject>(),
                List.of("-proc:none"),
                null,
                List.of(new Source(text)));
    List<Function> functions = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      JavaFunctions visitor = new JavaFunctions(DocTrees.instance(task), unit);
      visitor.scan(unit, null);
      functions.addAll(visitor.found);
    }
    return functions;
  }

  @Override
  public Void visitMethod(MethodTree method, Void nothing) {
    if (method.getBody() != null) {
      int start = line(positions.getStartPosition(unit, method.getBody()));
      int end = line(positions.getEndPosition(unit, method.getBody()));
      if (end - start + 1 >= FEWEST_LINES + 2) {
        String comment = Optional.ofNullable(trees.getDocComment(getCurrentPath())).orElse("");
        int first = line(positions.getStartPosition(unit, method));
        found.add(new Function(method.getName().toString(), first, end, paragraph(comment)));
      }
    }
    return super.visitMethod(method, null);
  }

  private int line(long position) {
    return (int) lines.getLineNumber(position);
  }

  private static String paragraph(String comment) {
    String first = comment.strip().split("(?m)^\\s*$|<p>|<P>|(?m)^\\s*@", 2)[0];
    return first
        .replaceAll("\\{@\\w+\\s+([^}]*)}", "$1")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** The same lines with nothing where comments were. */
  static String withoutComments(String text) {
    StringBuilder bare = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = comment(text, at);
      if (end > at) {
        text.substring(at, end).chars().forEach(c -> bare.append(c == '\n' ? '\n' : ' '));
      } else {
        end = literal(text, at);
        bare.append(text, at, end);
      }
      at = end;
    }
    return bare.toString();
  }

  /** Where the comment ends that begins here; {@code at} if none does. */
  private static int comment(String text, int at) {
    if (text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    return at;
  }

  /** Where the literal or character ends that begins here. */
  private static int literal(String text, int at) {
    String quote = text.startsWith("\"\"\"", at) ? "\"\"\"" : String.valueOf(text.charAt(at));
    if (!quote.startsWith("\"") && !quote.equals("'")) {
      return at + 1;
    }
    int end = at + quote.length();
    while (end < text.length() && !text.startsWith(quote, end)) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), end + quote.length());
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Source.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
