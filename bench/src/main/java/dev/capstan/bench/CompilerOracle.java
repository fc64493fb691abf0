package dev.capstan.bench;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements.Origin;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's own compiler says of the calls in Java files: those whose target is declared in
 * one of the files, and the places where it could not tell, since a library is missing.
 */
final class CompilerOracle {
  private final SourceFolder source;
  private final Set<Call> calls = new HashSet<>();
  private final Set<Place> unknown = new HashSet<>();

  /** A call of that name on a line; constructors go by the name of their class. */
  record Place(String path, int line, String name) {}

  /** A call and the file that declares what is called. */
  record Call(Place place, String declaredIn) {}

  private CompilerOracle(SourceFolder source) {
    this.source = source;
  }

  static CompilerOracle of(SourceFolder source) throws IOException {
    CompilerOracle oracle = new CompilerOracle(source);
    oracle.compile();
    return oracle;
  }

  Set<Call> calls() {
    return calls;
  }

  Set<Place> unknown() {
    return unknown;
  }

  private void compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-implicit:none",
                "-XDshould-stop.ifError=FLOW",
                "-XDshould-stop.ifNoError=FLOW"));
    if (source.ofJdk()) {
      options.addAll(List.of("--patch-module", "java.base=" + source.folder()));
    }
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(_ -> {}, Locale.ROOT, null)) {
      List<Path> paths =
          source.javaFiles().stream().map(path -> source.folder().resolve(path)).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, _ -> {}, options, null, files.getJavaFileObjectsFromPaths(paths));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      task.analyze();
      Reader reader = new Reader(task);
      units.forEach(unit -> reader.scan(unit, null));
    }
  }

  private String path(CompilationUnitTree unit) {
    JavaFileObject file = unit.getSourceFile();
    URI uri = file.toUri();
    return source.folder().toAbsolutePath().relativize(Path.of(uri).toAbsolutePath()).toString();
  }

  private final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final JavacTask task;
    private final Trees trees;

    Reader(JavacTask task) {
      this.task = task;
      this.trees = Trees.instance(task);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void nothing) {
      String select = String.valueOf(node.getMethodSelect());
      String name = select.substring(select.lastIndexOf('.') + 1);
      boolean isWritten = !name.equals("super") || isWritten(node, "super");
      if (isWritten) {
        add(node, name, trees.getElement(getCurrentPath()));
      }
      return super.visitMethodInvocation(node, null);
    }

    /** The compiler adds a call of the constructor above where none is written. */
    private boolean isWritten(Tree node, String word) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      long start = trees.getSourcePositions().getStartPosition(unit, node);
      long end = trees.getSourcePositions().getEndPosition(unit, node);
      try {
        CharSequence text = unit.getSourceFile().getCharContent(true);
        return start >= 0
            && end > start
            && text.subSequence((int) start, (int) end).toString().contains(word);
      } catch (IOException _) {
        return false;
      }
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree node, @Nullable Void nothing) {
      String type = String.valueOf(node.getIdentifier()).split("<", 2)[0];
      Element made = trees.getElement(new TreePath(getCurrentPath(), node.getIdentifier()));
      add(node, simple(type), made);
      return super.visitNewClass(node, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree node, @Nullable Void nothing) {
      String name = node.getName().toString();
      if (!name.equals("<init>")) {
        add(node, name, trees.getElement(getCurrentPath()));
      } else if (!node.getQualifierExpression().toString().contains("[")) {
        String type = node.getQualifierExpression().toString().split("<", 2)[0];
        add(node, simple(type), trees.getElement(getCurrentPath()));
      }
      return super.visitMemberReference(node, null);
    }

    private static String simple(String type) {
      String plain = type.replaceAll("@[\\w.]+(?:\\([^)]*\\))?\\s*", "");
      return plain.substring(plain.lastIndexOf('.') + 1);
    }

    private void add(Tree node, String name, @Nullable Element element) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      long start = trees.getSourcePositions().getStartPosition(unit, node);
      int line = (int) unit.getLineMap().getLineNumber(Math.max(0, start));
      Place place = new Place(path(unit), line, name);
      if (element == null || element.asType().getKind() == TypeKind.ERROR) {
        unknown.add(place);
      } else {
        declaredIn(element).ifPresent(file -> calls.add(new Call(place, file)));
      }
    }

    /** Empty for what is in no file, such as the methods that every enum has. */
    private Optional<String> declaredIn(Element element) {
      Element around = element.getEnclosingElement();
      boolean isMade =
          task.getElements().getOrigin(element) == Origin.MANDATED
              && around != null
              && around.getKind() == ElementKind.ENUM
              && element.getKind() == ElementKind.METHOD;
      Element type = element;
      while (type != null && !(type instanceof TypeElement)) {
        type = type.getEnclosingElement();
      }
      if (isMade || type == null || trees.getTree((TypeElement) type) == null) {
        return Optional.empty();
      }
      return Optional.of(path(trees.getPath(type).getCompilationUnit()));
    }
  }
}
