package dev.capstan.knowledge.index;

import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.PastCommit;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who said like words before, and what they changed: the files of past commits, found by their
 * messages.
 */
final class PastCommits {
  private static final Logger LOG = LoggerFactory.getLogger(PastCommits.class);
  private static final int MOST = 3_000;

  /** What changed more than this says little of any one file. */
  private static final int MOST_FILES = 30;

  private static final int LIKE = 60;
  private static final String VIEW = "historyOf";
  private static final String HEAD = "historyEnd";
  private static final String MESSAGE = "message";
  private static final String CHANGED = "changed";

  private PastCommits() {}

  /** Writes them anew if the view's last commit is another than it was. */
  static void update(IndexWriter writer, IndexReader before, String view, SourceTree tree)
      throws IOException {
    String head = tree.head().map(commit -> view + '@' + commit.value()).orElse(view + '@');
    if (before.docFreq(new Term(HEAD, head)) > 0) {
      return;
    }
    writer.updateDocuments(new Term(VIEW, view), documents(view, head, tree));
  }

  private static List<Document> documents(String view, String head, SourceTree tree) {
    List<Document> documents = new ArrayList<>();
    // One at least, so that it is known how far the history was read.
    documents.add(document(view, head));
    for (PastCommit commit : history(tree)) {
      if (commit.paths().size() <= MOST_FILES && !commit.paths().isEmpty()) {
        Document document = document(view, head);
        document.add(new Field(MESSAGE, commit.message(), Fields.WORDS_ONLY));
        document.add(new StoredField(CHANGED, String.join("\n", commit.paths())));
        documents.add(document);
      }
    }
    return documents;
  }

  private static List<PastCommit> history(SourceTree tree) {
    try {
      return tree.history(MOST);
    } catch (GitFailure failure) {
      LOG.atWarn().setCause(failure).log("past commits are left out, as git can't read them");
      return List.of();
    }
  }

  private static Document document(String view, String head) {
    Document document = new Document();
    document.add(new StringField(VIEW, view, Field.Store.NO));
    document.add(new StringField(HEAD, head, Field.Store.NO));
    return document;
  }

  /** How often each file was changed. */
  static PastChanges changes(IndexSearcher searcher, String view) throws IOException {
    Map<String, Integer> byPath = new HashMap<>();
    int commits = 0;
    for (ScoreDoc found :
        searcher.search(new TermQuery(new Term(VIEW, view)), MOST + 1).scoreDocs) {
      String changed = searcher.storedFields().document(found.doc, Set.of(CHANGED)).get(CHANGED);
      if (changed != null) {
        commits++;
        Stream.of(changed.split("\n", -1))
            .distinct()
            .forEach(path -> byPath.merge(path, 1, Integer::sum));
      }
    }
    return new PastChanges(commits, byPath);
  }

  /** The files that commits with like messages changed, the best first. */
  static List<String> changedFor(
      IndexSearcher searcher, String view, SequencedMap<String, Float> words) throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(Search.any(MESSAGE, words, 1), Occur.MUST);
    query.add(new TermQuery(new Term(VIEW, view)), Occur.FILTER);
    Map<String, Double> scores = new HashMap<>();
    for (ScoreDoc found : searcher.search(query.build(), LIKE).scoreDocs) {
      String changed = searcher.storedFields().document(found.doc, Set.of(CHANGED)).get(CHANGED);
      String[] paths = changed.split("\n", -1);
      for (String path : paths) {
        scores.merge(path, found.score / Math.sqrt(paths.length), Double::sum);
      }
    }
    return scores.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
