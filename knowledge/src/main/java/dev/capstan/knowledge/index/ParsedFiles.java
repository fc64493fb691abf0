package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.parsing.ParsedCodec;
import dev.capstan.knowledge.parsing.ParsedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Reads what was parsed of a view's files back from the index. */
final class ParsedFiles {
  private static final Set<String> STORED = Set.of(Fields.UNIT, Fields.PARSED);

  private ParsedFiles() {}

  static List<ParsedFile> read(IndexReader reader, View view, Predicate<FileRecord> wanted)
      throws IOException {
    Map<String, FileRecord> files = new HashMap<>();
    for (FileRecord file : view.files()) {
      if (file.state().isFindable() && wanted.test(file)) {
        files.put(Units.of(file), file);
      }
    }
    if (files.isEmpty()) {
      return List.of();
    }
    StoredFields stored = reader.storedFields();
    List<ParsedFile> parsed = new ArrayList<>();
    for (ScoreDoc found : found(reader, files.keySet())) {
      Document document = stored.document(found.doc, STORED);
      FileRecord file = files.get(document.get(Fields.UNIT));
      if (file != null) {
        BytesRef bytes = document.getBinaryValue(Fields.PARSED);
        byte[] copy = Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
        parsed.add(new ParsedFile(file.path(), file.language(), ParsedCodec.decode(copy)));
      }
    }
    return parsed;
  }

  private static ScoreDoc[] found(IndexReader reader, Set<String> units) throws IOException {
    BooleanQuery query =
        new BooleanQuery.Builder()
            .add(new TermQuery(new Term(Fields.KIND, Fields.FILE)), Occur.FILTER)
            .add(
                new TermInSetQuery(Fields.UNIT, units.stream().map(BytesRef::new).toList()),
                Occur.FILTER)
            .build();
    return new IndexSearcher(reader).search(query, Math.max(1, reader.numDocs())).scoreDocs;
  }
}
