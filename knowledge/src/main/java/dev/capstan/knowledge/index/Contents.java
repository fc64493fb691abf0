package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.parsing.Parsed;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import dev.capstan.knowledge.parsing.ParsedCodec;
import dev.capstan.workspace.optout.OptOut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Reads files of a view as the index keeps them, and finds what they declare by exact names. */
final class Contents {
  /** The largest file that is indexed has fewer chunks. */
  private static final int MOST_CHUNKS = 50_000;

  private static final int MOST_DECLARING = 1_000;
  private static final int HEAD = 10;

  private final IndexSearcher searcher;
  private final View view;

  Contents(IndexSearcher searcher, View view) {
    this.searcher = searcher;
    this.view = view;
  }

  /** Empty unless something of the file can be found. */
  Optional<FileContent> file(String path) throws IOException {
    Optional<FileRecord> found = view.findable(path);
    return found.isEmpty() ? Optional.empty() : content(found.get());
  }

  private Optional<FileContent> content(FileRecord file) throws IOException {
    Query unit = new TermQuery(new Term(Fields.UNIT, Units.of(file)));
    TreeMap<Integer, String> lines = new TreeMap<>();
    for (Document chunk : documents(Fields.CHUNK, MOST_CHUNKS, unit)) {
      int line = chunk.getField(Fields.FIRST).numericValue().intValue();
      for (String text : chunk.get(Fields.TEXT).split("\n", -1)) {
        lines.put(line++, text);
      }
    }
    String head = String.join("\n", lines.headMap(HEAD + 1).values());
    List<Document> whole = documents(Fields.FILE, 1, unit);
    // Looked at once more, whatever the index was told.
    return OptOut.marked(head).isPresent() || whole.isEmpty()
        ? Optional.empty()
        : Optional.of(new FileContent(file, parsed(whole.getFirst()), lines));
  }

  private static Parsed parsed(Document whole) {
    return ParsedCodec.decode(BytesRef.deepCopyOf(whole.getBinaryValue(Fields.PARSED)).bytes);
  }

  private List<Document> documents(String kind, int most, Query... filters) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(new TermQuery(new Term(Fields.KIND, kind)), Occur.FILTER);
    for (Query filter : filters) {
      query.add(filter, Occur.FILTER);
    }
    List<Document> documents = new ArrayList<>();
    for (ScoreDoc found : searcher.search(query.build(), most).scoreDocs) {
      documents.add(searcher.storedFields().document(found.doc));
    }
    return documents;
  }

  /**
   * The symbols of that name, or if there is none those with another case of it: code before tests,
   * by path. What stands before the last dot has to be around the symbol.
   */
  List<Declared> declarations(String name, int most) throws IOException {
    int dot = name.lastIndexOf('.');
    String last = name.substring(dot + 1);
    List<Declared> exact = declared(new Term(Fields.SYMBOL, last), name, false);
    List<Declared> found =
        exact.isEmpty()
            ? declared(new Term(Fields.SYMBOL_ANY_CASE, last.toLowerCase(Locale.ROOT)), name, true)
            : exact;
    return found.stream()
        .sorted(
            Comparator.comparing((Declared one) -> one.role().equals(Role.TEST.word()))
                .thenComparing(Declared::path)
                .thenComparingInt(one -> one.symbol().firstLine()))
        .limit(most)
        .toList();
  }

  private List<Declared> declared(Term term, String name, boolean anyCase) throws IOException {
    Map<String, String> paths = new LinkedHashMap<>();
    for (Document chunk :
        documents(Fields.CHUNK, MOST_DECLARING, view.filter(), new TermQuery(term))) {
      paths.put(chunk.get(Fields.PATH), chunk.get(Fields.ROLE));
    }
    List<Declared> declared = new ArrayList<>();
    for (Map.Entry<String, String> path : paths.entrySet()) {
      for (FileContent content : file(path.getKey()).stream().toList()) {
        content.parsed().symbols().stream()
            .filter(symbol -> isNamed(symbol, name, anyCase))
            .map(symbol ->
                new Declared(path.getKey(), content.file().blob(), path.getValue(), symbol))
            .forEach(declared::add);
      }
    }
    return declared;
  }

  private static boolean isNamed(Symbol symbol, String name, boolean anyCase) {
    String whole = '.' + symbol.qualifiedName();
    String end = '.' + name;
    return whole.regionMatches(anyCase, whole.length() - end.length(), end, 0, end.length());
  }
}
