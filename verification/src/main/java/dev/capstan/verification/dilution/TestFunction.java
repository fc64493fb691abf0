package dev.capstan.verification.dilution;

import java.util.List;

/**
 * A function of a test file.
 *
 * @param test the tool runs it as a test; else it helps one
 * @param marks annotations, decorators and the like, of what it stands in too
 * @param body what it does
 */
record TestFunction(TestName name, boolean test, List<SyntaxNode> marks, SyntaxNode body) {
  TestFunction {
    marks = List.copyOf(marks);
  }
}
