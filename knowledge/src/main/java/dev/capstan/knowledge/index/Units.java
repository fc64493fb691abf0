package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.parsing.ParsedCodec;

/** A unit is one content at one path; whatever has it shares what is stored of it. */
final class Units {
  /** To be raised when rules or fields change, so that all is made anew. */
  private static final int VERSION = 2;

  private Units() {}

  static String of(FileRecord file) {
    return of(file.path(), file.blob());
  }

  static String of(String path, String blob) {
    return VERSION + "." + ParsedCodec.VERSION + ':' + blob + ':' + path;
  }

  /** Of what the unit is the content. */
  static String path(String unit) {
    return unit.split(":", 3)[2];
  }
}
