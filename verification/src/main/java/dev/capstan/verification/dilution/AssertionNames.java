package dev.capstan.verification.dilution;

import java.util.Set;
import java.util.regex.Pattern;

/** The words by which libraries assert, in lower case and without underscores. */
final class AssertionNames {
  static final Set<String> FLUENT =
      Set.of(
          "expect",
          "assertthat",
          "assertthatthrownby",
          "assertthatcode",
          "assertthatexceptionoftype",
          "assertwithmessage",
          "expectthat",
          "expectthrows",
          "verify",
          "then",
          "should");
  static final Set<String> SAYS_NOTHING =
      Set.of(
          "as",
          "describedas",
          "withfailmessage",
          "overridingerrormessage",
          "extracting",
          "filteredon",
          "first",
          "last",
          "element",
          "singleelement",
          "asinstanceof",
          "usingrecursivecomparison",
          "ignoringfields",
          "usingcomparator",
          "isnotnull",
          "map",
          "flatextracting",
          "get",
          "that",
          "withinstanceof",
          "message",
          "cause",
          "rootcause",
          "because",
          "times",
          "never",
          "atleast");
  static final Pattern DIRECT =
      Pattern.compile(
          "assert.*|expect.+|fail|failnow|shouldthrow.*|should(?:be|not|have|contain|match|equal|start|end).*|verify(?:no|zero).*");
  static final Set<String> LIBRARIES =
      Set.of(
          "assert", "require", "chai.assert", "Assertions", "Assert", "t", "pytest", "self", "tap");
  static final Set<String> LIBRARY_NAMES =
      Set.of(
          "equal",
          "notequal",
          "deepequal",
          "strictequal",
          "deepstrictequal",
          "notstrictequal",
          "ok",
          "is",
          "not",
          "like",
          "throws",
          "rejects",
          "doesnotthrow",
          "raises",
          "warns",
          "same",
          "match",
          "true",
          "false",
          "truthy",
          "falsy",
          "nil",
          "notnil",
          "error",
          "noerror",
          "errorf",
          "fatal",
          "fatalf",
          "contains",
          "len",
          "empty",
          "notempty",
          "indelta",
          "inepsilon",
          "equalvalues",
          "errorcontains",
          "erroris",
          "erroras",
          "panics",
          "notpanics",
          "elementsmatch",
          "zero",
          "greater",
          "less",
          "greaterorequal",
          "lessorequal",
          "regexp",
          "jsoneq",
          "closeto",
          "lengthof",
          "property",
          "include",
          "isnull",
          "isdefined",
          "istrue",
          "isfalse",
          "exists",
          "snapshot");
  static final Set<String> ERROR_CALLS =
      Set.of(
          "assertthrows",
          "assertthrowsexactly",
          "assertfailswith",
          "expectthrows",
          "shouldthrow",
          "raises",
          "assertraises",
          "tothrow",
          "tothrowerror",
          "throws",
          "throw",
          "rejects",
          "isinstanceof",
          "assertthatexceptionoftype",
          "isexactlyinstanceof",
          "assertraisesregex");

  private AssertionNames() {}
}
