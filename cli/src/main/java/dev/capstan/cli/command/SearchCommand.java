package dev.capstan.cli.command;

import dev.capstan.api.SearchView;
import dev.capstan.api.SearchView.Hit;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan search}. */
@Command(
    name = "search",
    description =
        "Find the pieces of a project that are about a question, or where a name is declared.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan search where is the lease of a task renewed",
      "  capstan search openDrawer --language java --role code",
      "  capstan search retry with backoff --path 'server/*' --explain",
      "  capstan search --profile change retry a failed upload",
      "  capstan search openDrawer --links vscode     with an address that opens each hit in an editor"
    })
final class SearchCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private TreeTarget target = new TreeTarget();

  @Parameters(arity = "1..*", paramLabel = "WORD", description = "A question or a name.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--path",
      paramLabel = "PATTERN",
      description = "Only such paths: * is anything, folders included; a folder ends in /.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--language",
      paramLabel = "LANGUAGE",
      description = "Only files in it, such as java, python, tsx, markdown, text.")
  private List<String> languages = new ArrayList<>();

  @Option(names = "--role", paramLabel = "ROLE", description = "Only code, test or docs.")
  private List<String> roles = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "default",
      description =
          "What it is for: default, change (where a change is to be made; what like commits changed"
              + " counts too) or docs (prose counts as much as code).")
  private String profile = "default";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "At most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--explain", description = "Show what each score is made of.")
  private boolean explain;

  @Option(
      names = "--links",
      paramLabel = "EDITOR",
      description =
          "Beside each hit an address that opens it: vscode, cursor, zed, idea, file, or one of your own such as"
              + " 'myeditor://{path}:{line}'. Default: $CAPSTAN_LINKS, else none.")
  private @Nullable String links;

  @Option(
      names = "--clone",
      paramLabel = "FOLDER",
      description =
          "Where the files are for --links. Default: the project's repository if that is a folder here, else the"
              + " working directory.")
  private @Nullable Path clone;

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      String project = target.project(session.client());
      Optional<EditorLinks> editor = editor(session.client(), project);
      SearchView found =
          session
              .client()
              .search(
                  project,
                  Map.of(
                      "q",
                      List.of(String.join(" ", words)),
                      "tree",
                      List.of(target.tree()),
                      "path",
                      paths,
                      "language",
                      languages,
                      "role",
                      roles,
                      "profile",
                      List.of(profile),
                      "limit",
                      List.of(String.valueOf(limit))));
      if (common.json()) {
        common.print(found);
      } else {
        show(found, editor);
      }
      return ExitCodes.OK;
    }
  }

  private Optional<EditorLinks> editor(Client client, String project) {
    String chosen =
        links == null ? System.getenv().getOrDefault("CAPSTAN_LINKS", "").strip() : links;
    return chosen.isEmpty()
        ? Optional.empty()
        : Optional.of(EditorLinks.of(chosen, root(client, project)));
  }

  private Path root(Client client, String project) {
    if (clone != null) {
      return clone;
    }
    return client.projects().stream()
        .filter(one -> one.id().equals(project) && !Wish.isUrl(one.source()))
        .map(one -> Path.of(one.source()))
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(Path.of(""));
  }

  private void show(SearchView found, Optional<EditorLinks> editor) {
    Terminal terminal = common.terminal();
    found
        .hits()
        .forEach(hit -> {
          show(hit, terminal);
          editor.ifPresent(to -> terminal.line("    " + to.to(hit.path(), hit.firstLine())));
        });
    if (!found.outage().isEmpty()) {
      terminal.line("searched by words alone: " + Terminal.visible(found.outage()));
    }
    terminal.line(
        terminal.faint(
            "%d found in %d of %d files%s of %s%s"
                .formatted(
                    found.hits().size(),
                    found.indexedFiles(),
                    found.filesInAll(),
                    found.outage().isEmpty() && found.embeddedFiles() < found.indexedFiles()
                        ? ", %d by words alone"
                            .formatted(found.indexedFiles() - found.embeddedFiles())
                        : "",
                    Terminal.visible(found.tree()),
                    found.commit().isEmpty() ? "" : " at " + found.commit().substring(0, 10))));
  }

  private void show(Hit hit, Terminal terminal) {
    terminal.line(
        "%s:%d-%d  %s"
            .formatted(
                Terminal.visible(hit.path()),
                hit.firstLine(),
                hit.lastLine(),
                terminal.faint(Terminal.visible(hit.header()))));
    if (explain) {
      terminal.line("    " + explained(hit));
    }
  }

  private static String explained(Hit hit) {
    return String.format(
        Locale.ROOT, "%.2f = %s; %s", hit.score(), parts(hit, false), parts(hit, true));
  }

  private static String parts(Hit hit, boolean fields) {
    return new TreeMap<>(hit.parts())
        .entrySet().stream()
            .filter(part -> part.getKey().startsWith("bm25.") == fields)
            .map(part -> String.format(Locale.ROOT, "%s %.2f", part.getKey(), part.getValue()))
            .collect(Collectors.joining(fields ? ", " : " + "));
  }
}
