package dev.capstan.server.mcp;

import dev.capstan.knowledge.Coverage;
import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.Declared;
import dev.capstan.knowledge.index.FileContent;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.pack.ContextPack;
import dev.capstan.knowledge.pack.Packer;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.IndexedProjects;
import dev.capstan.server.rest.IndexedProjects.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is in a project: the tools of those who look for code. */
final class KnowledgeTools {
  private static final int USUAL_TOKENS = 3_000;
  private static final int USUAL_HITS = 10;
  private static final int MOST_HITS = 50;
  private static final int MOST_DECLARATIONS = 100;

  /** What the first line of an answer takes, of a pack's budget. */
  private static final int HEAD_TOKENS = 150;

  private final KnownTrees trees;
  private final IndexedProjects indexed;

  KnowledgeTools(KnownTrees trees, IndexedProjects indexed) {
    this.trees = trees;
    this.indexed = indexed;
  }

  List<Tool> all() {
    return List.of(
        Tool.reading(
            "context",
            "What to read for a goal",
            "The first thing to call for a task: a map of the files that are likely to matter and the best"
                + " pieces of them, packed into a budget of tokens.",
            List.of(
                Parameter.text("goal", "The task, in a sentence or two.").must(),
                Parameter.PROJECT,
                Parameter.TREE,
                Parameter.maxTokens(USUAL_TOKENS)),
            this::context),
        Tool.reading(
            "search",
            "Search code",
            "Finds pieces of files by a question or by words, the best first. Each has an id for read.",
            List.of(
                Parameter.text("query", "A question, words, or an identifier.").must(),
                Parameter.texts("path", "Only such paths: * is anything, a folder ends in /."),
                Parameter.texts("language", "Only such languages, such as java or python."),
                Parameter.texts("role", "Only code, test or docs."),
                Parameter.number("limit", "At most so many, up to 50. Default: 10."),
                Parameter.flag("brief", "Ids and names alone, without the text."),
                Parameter.PROJECT,
                Parameter.TREE,
                Parameter.maxTokens(USUAL_TOKENS)),
            this::search),
        Tool.reading(
            "symbols",
            "Where a name is declared, or what a file declares",
            "With name: every declaration of exactly that type, function or module. With path: the outline of"
                + " that file.",
            List.of(
                Parameter.text("name", "For example renew, or Lease.renew."),
                Parameter.text("path", "Of the file whose outline is wanted."),
                Parameter.PROJECT,
                Parameter.TREE,
                Parameter.maxTokens(USUAL_TOKENS)),
            this::symbols),
        Tool.reading(
            "read",
            "Read pieces of files",
            "The text of pieces by their ids (path@blob#Lx-Ly), of lines (path#Lx-Ly), or of whole files (path).",
            List.of(
                Parameter.texts("ids", "One or more of them.").must(),
                Parameter.PROJECT,
                Parameter.TREE,
                Parameter.maxTokens(USUAL_TOKENS)),
            this::read),
        Tool.reading(
            "coverage",
            "What can be found and what cannot",
            "How many files are indexed, left out or kept from machines, and why. Look here before taking"
                + " nothing found for nothing there.",
            List.of(
                Parameter.text(
                    "state",
                    "Also name the files that are indexed, partial, skipped, opted out or failed."),
                Parameter.PROJECT,
                Parameter.TREE,
                Parameter.maxTokens(USUAL_TOKENS)),
            this::coverage),
        Tool.reading(
            "projects",
            "Which projects there are",
            "The projects that can be asked about, and of which commit each is indexed.",
            List.of(Parameter.maxTokens(USUAL_TOKENS)),
            this::projects));
  }

  private String context(Arguments arguments) {
    Tree tree = trees.of(arguments);
    int most = arguments.number(Reply.MAX_TOKENS, USUAL_TOKENS);
    ContextPack pack =
        Packer.pack(
            indexed.graphs(tree), tree.view().name(), arguments.text("goal"), most - HEAD_TOKENS);
    return arguments.reply(USUAL_TOKENS).add(KnownTrees.head(tree)).addLines(pack.text()).text();
  }

  private String search(Arguments arguments) {
    Tree tree = trees.of(arguments);
    int most = Math.clamp(arguments.number("limit", USUAL_HITS), 1, MOST_HITS);
    var found =
        tree.index()
            .search(
                new Question(
                    tree.view().name(),
                    arguments.text("query"),
                    arguments.texts("path"),
                    arguments.texts("language"),
                    arguments.texts("role"),
                    most));
    List<Hit> hits = found.hits();
    Reply reply = arguments.reply(USUAL_TOKENS).add(KnownTrees.head(tree));
    if (!found.outage().isEmpty()) {
      reply.add("searched by words alone: " + found.outage());
    }
    boolean brief = arguments.flag("brief", false);
    for (Hit hit : hits) {
      reply.add("\n## " + hit.id() + '\n' + (brief ? hit.header() : hit.text().stripTrailing()));
    }
    return (hits.isEmpty() ? reply.add("nothing was found") : reply).text();
  }

  private String symbols(Arguments arguments) {
    String name = arguments.text("name");
    String path = arguments.text("path");
    if (name.isEmpty() == path.isEmpty()) {
      throw ApiException.invalid("give either a name or a path");
    }
    Tree tree = trees.of(arguments);
    Reply reply = arguments.reply(USUAL_TOKENS).add(KnownTrees.head(tree));
    return (name.isEmpty() ? outline(tree, path, reply) : declarations(tree, name, reply)).text();
  }

  private static Reply outline(Tree tree, String path, Reply reply) {
    FileContent content = content(tree, path);
    reply.add(path + '@' + content.file().blob());
    content.parsed().symbols().forEach(symbol -> reply.add(inWords(symbol)));
    return reply;
  }

  private static Reply declarations(Tree tree, String name, Reply reply) {
    List<Declared> found = tree.index().declarations(tree.view().name(), name, MOST_DECLARATIONS);
    found.forEach(one -> reply.add(one.id() + ' ' + inWords(one.symbol())));
    return found.isEmpty()
        ? reply.add("nothing of that name is declared in what is indexed")
        : reply;
  }

  private static String inWords(Symbol symbol) {
    return "%s %s, lines %d to %d%s"
        .formatted(
            symbol.kind().name().toLowerCase(Locale.ROOT),
            symbol.qualifiedName(),
            symbol.firstLine(),
            symbol.lastLine(),
            symbol.test() ? ", a test" : "");
  }

  private String read(Arguments arguments) {
    Tree tree = trees.of(arguments);
    Reply reply = arguments.reply(USUAL_TOKENS).add(KnownTrees.head(tree));
    for (String id : arguments.texts("ids")) {
      PieceId piece = PieceId.of(id);
      FileContent content = content(tree, piece.path());
      String blob = content.file().blob();
      if (!piece.blob().isEmpty() && !piece.blob().equals(blob)) {
        throw ApiException.conflict(
            piece.path() + " has changed since; it is now " + piece.path() + '@' + blob);
      }
      reply.addLines("\n## " + id + '\n' + content.between(piece.first(), piece.last()));
    }
    return reply.text();
  }

  /** Throws {@link ApiException} with why nothing of the file can be shown. */
  static FileContent content(Tree tree, String path) {
    return tree.index()
        .file(tree.view().name(), path)
        .orElseThrow(() ->
            ApiException.notFound(
                tree.view().files().stream()
                    .filter(file -> file.path().equals(path))
                    .findFirst()
                    .map(file -> path + " cannot be shown: " + file.state().why())
                    .orElse("the tree " + tree.view().name() + " has no file " + path)));
  }

  private String coverage(Arguments arguments) {
    Tree tree = trees.of(arguments);
    Coverage coverage = tree.view().coverage();
    Reply reply = arguments.reply(USUAL_TOKENS).add(KnownTrees.head(tree));
    reply.add("files by state: " + counts(coverage.states()));
    reply.add("left out because a file: " + counts(coverage.reasons()));
    coverage.languages().forEach((language, states) -> reply.add(language + ": " + counts(states)));
    String state = arguments.text("state");
    coverage.files().stream()
        .filter(file -> file.state().word().equals(state))
        .map(KnowledgeTools::inWords)
        .forEach(reply::add);
    return reply.text();
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.isEmpty()
        ? "none"
        : String.join(
            ", ",
            counts.entrySet().stream().map(one -> one.getValue() + " " + one.getKey()).toList());
  }

  private static String inWords(FileRecord file) {
    return file.path() + (file.state().why().isEmpty() ? "" : ": " + file.state().why());
  }

  private String projects(Arguments arguments) {
    Reply reply = arguments.reply(USUAL_TOKENS);
    List<String> all = trees.all();
    all.forEach(reply::add);
    return (all.isEmpty() ? reply.add("no project is registered here") : reply).text();
  }
}
