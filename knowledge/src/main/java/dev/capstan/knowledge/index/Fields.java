package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.parsing.Parsed;
import dev.capstan.knowledge.parsing.Parsed.Chunk;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import dev.capstan.knowledge.parsing.ParsedCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** How a file lies in the index: one document for each chunk, and one for the file itself. */
final class Fields {
  static final String UNIT = "unit";
  static final String KIND = "kind";
  static final String CHUNK = "chunk";
  static final String FILE = "file";
  static final String PATH = "path";
  static final String BLOB = "blob";
  static final String LANGUAGE = "language";
  static final String ROLE = "role";
  static final String FIRST = "first";
  static final String LAST = "last";

  /** Beside the stored ones, for quick reading of many. */
  static final String PATH_VALUE = "pathValue";

  static final String ROLE_VALUE = "roleValue";
  static final String FIRST_VALUE = "firstValue";
  static final String HEADER = "header";
  static final String TEXT = "text";
  static final String PATH_WORDS = "pathWords";
  static final String SYMBOL = "symbol";
  static final String SYMBOL_ANY_CASE = "symbolAnyCase";
  static final String RECORD = "record";
  static final String PARSED = "parsed";

  private static final FieldType WORDS = words(true);
  static final FieldType WORDS_ONLY = words(false);

  private Fields() {}

  private static FieldType words(boolean stored) {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setStored(stored);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }

  static List<Document> documents(FileRecord file, String text, Parsed parsed) {
    List<String> lines = List.of(text.split("\n", -1));
    List<Document> documents = new ArrayList<>();
    Document whole = common(file, FILE);
    whole.add(new StoredField(RECORD, FileRow.bytes(file)));
    whole.add(new StoredField(PARSED, ParsedCodec.encode(parsed)));
    documents.add(whole);
    for (Chunk chunk : parsed.chunks()) {
      documents.add(chunk(file, chunk, lines, parsed));
    }
    return documents;
  }

  private static Document chunk(FileRecord file, Chunk chunk, List<String> lines, Parsed parsed) {
    Document document = common(file, CHUNK);
    document.add(new SortedDocValuesField(PATH_VALUE, new BytesRef(file.path())));
    document.add(
        new SortedDocValuesField(
            ROLE_VALUE, new BytesRef(Role.of(file.path(), file.language()).word())));
    document.add(new NumericDocValuesField(FIRST_VALUE, chunk.firstLine()));
    document.add(new StoredField(BLOB, file.blob()));
    document.add(new StoredField(FIRST, chunk.firstLine()));
    document.add(new StoredField(LAST, chunk.lastLine()));
    document.add(new Field(HEADER, chunk.header(), WORDS));
    document.add(new Field(TEXT, between(lines, chunk), WORDS));
    document.add(new Field(PATH_WORDS, file.path(), WORDS_ONLY));
    for (Symbol symbol : parsed.symbols()) {
      if (symbol.firstLine() >= chunk.firstLine() && symbol.firstLine() <= chunk.lastLine()) {
        document.add(new StringField(SYMBOL, symbol.name(), Field.Store.NO));
        document.add(
            new StringField(
                SYMBOL_ANY_CASE, symbol.name().toLowerCase(Locale.ROOT), Field.Store.NO));
      }
    }
    return document;
  }

  private static Document common(FileRecord file, String kind) {
    Document document = new Document();
    document.add(new StringField(UNIT, Units.of(file), Field.Store.YES));
    document.add(new StringField(KIND, kind, Field.Store.NO));
    document.add(new StringField(PATH, file.path(), Field.Store.YES));
    document.add(new StringField(LANGUAGE, file.language().word(), Field.Store.YES));
    document.add(
        new StringField(ROLE, Role.of(file.path(), file.language()).word(), Field.Store.YES));
    return document;
  }

  private static String between(List<String> lines, Chunk chunk) {
    StringJoiner text = new StringJoiner("\n");
    lines
        .subList(chunk.firstLine() - 1, Math.min(chunk.lastLine(), lines.size()))
        .forEach(text::add);
    return text.toString();
  }
}
