package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.parsing.ParsedCodec;
import java.util.Set;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

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

  static Query filter(Set<String> units) {
    return new TermInSetQuery(Fields.UNIT, units.stream().map(BytesRef::new).toList());
  }
}
