package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.Operations;

/** What was asked for beside the words: paths, languages, roles. */
final class Narrowing {
  private final List<String> languages;
  private final List<String> roles;
  private final List<WildcardQuery> paths;
  private final List<CharacterRunAutomaton> patterns;

  private Narrowing(List<String> languages, List<String> roles, List<WildcardQuery> paths) {
    this.languages = languages;
    this.roles = roles;
    this.paths = paths;
    this.patterns =
        paths.stream()
            .map(path ->
                new CharacterRunAutomaton(
                    Operations.determinize(
                        path.getAutomaton(), Operations.DEFAULT_DETERMINIZE_WORK_LIMIT)))
            .toList();
  }

  static Narrowing of(Question question) {
    return new Narrowing(
        lowerCase(question.languages()),
        lowerCase(question.roles()),
        question.paths().stream()
            .map(path -> new WildcardQuery(new Term(Fields.PATH, pattern(path))))
            .toList());
  }

  private static List<String> lowerCase(List<String> words) {
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }

  private static String pattern(String path) {
    String plain = path.startsWith("/") ? path.substring(1) : path;
    return plain.endsWith("/") ? plain + "*" : plain;
  }

  /** True if every file is wanted. */
  boolean isAll() {
    return languages.isEmpty() && roles.isEmpty() && paths.isEmpty();
  }

  boolean wants(FileRecord file) {
    return (languages.isEmpty() || languages.contains(file.language().word()))
        && (roles.isEmpty() || roles.contains(Role.of(file.path(), file.language()).word()))
        && (patterns.isEmpty() || patterns.stream().anyMatch(each -> each.run(file.path())));
  }

  /** The same, each of which a document has to match. */
  List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    addAny(queries, terms(Fields.LANGUAGE, languages));
    addAny(queries, terms(Fields.ROLE, roles));
    addAny(queries, paths);
    return queries;
  }

  private static List<TermQuery> terms(String field, List<String> words) {
    return words.stream().map(word -> new TermQuery(new Term(field, word))).toList();
  }

  private static void addAny(List<Query> queries, List<? extends Query> alternatives) {
    if (!alternatives.isEmpty()) {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      alternatives.forEach(query -> any.add(query, Occur.SHOULD));
      queries.add(any.build());
    }
  }
}
