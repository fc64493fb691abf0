package dev.capstan.knowledge.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.CharTokenizer;

/**
 * Makes words of code and of sentences alike: {@code parseHttpHeader} and {@code parse_http_header}
 * are parse, http, header, and each is also kept whole.
 */
public final class CodeAnalyzer extends Analyzer {
  private static final int PARTS =
      WordDelimiterGraphFilter.GENERATE_WORD_PARTS
          | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
          | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
          | WordDelimiterGraphFilter.PRESERVE_ORIGINAL;

  @Override
  protected TokenStreamComponents createComponents(String field) {
    CharTokenizer words =
        CharTokenizer.fromTokenCharPredicate(
            c -> Character.isLetterOrDigit(c) || c == '_' || c == '$');
    TokenStream parts = new WordDelimiterGraphFilter(words, PARTS, CharArraySet.EMPTY_SET);
    return new TokenStreamComponents(words, new LowerCaseFilter(new FlattenGraphFilter(parts)));
  }

  /** The different words, in order. */
  public SequencedSet<String> words(String text, int most) {
    SequencedSet<String> words = new LinkedHashSet<>();
    try (TokenStream stream = tokenStream("", text)) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (words.size() < most && stream.incrementToken()) {
        words.add(word.toString());
      }
      return words;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
