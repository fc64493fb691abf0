package dev.capstan.server.mcp;

import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.Summary;
import dev.capstan.control.records.RunQueries.Wanted;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.IndexedProjects;
import dev.capstan.server.rest.IndexedProjects.Tree;
import dev.capstan.server.rest.RunTexts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client can have its user choose: files of projects, and reports of runs. */
public final class Resources {
  static final List<Map<String, Object>> TEMPLATES =
      List.of(
          Map.of(
              "uriTemplate", "capstan://projects/{project}/files/{+path}",
              "name", "file",
              "title", "A file of a project",
              "description", "As it was indexed last; what is kept from machines is not there.",
              "mimeType", "text/plain"),
          Map.of(
              "uriTemplate", "capstan://runs/{run}/report",
              "name", "report",
              "title", "The report of a run",
              "description", "What a run did, with its evidence.",
              "mimeType", "text/markdown"));

  private static final Pattern FILE = Pattern.compile("capstan://projects/([^/]+)/files/(.+)");
  private static final Pattern REPORT = Pattern.compile("capstan://runs/([^/]+)/report");
  private static final int LISTED = 20;
  private static final int MOST_TOKENS = 20_000;

  private final IndexedProjects indexed;
  private final RunQueries runs;
  private final RunTexts reports;

  public Resources(IndexedProjects indexed, RunQueries runs, RunTexts reports) {
    this.indexed = indexed;
    this.runs = runs;
    this.reports = reports;
  }

  /** The reports of the newest runs; a file is found by its path. */
  List<Map<String, Object>> list() {
    return runs.list(Wanted.ANY, Optional.empty(), LISTED).stream().map(Resources::report).toList();
  }

  private static Map<String, Object> report(Summary run) {
    return Map.of(
        "uri", "capstan://runs/" + run.run() + "/report",
        "name", "report of " + run.run(),
        "description", run.goal() + " (" + run.status() + ", project " + run.project() + ')',
        "mimeType", "text/markdown");
  }

  static String type(String uri) {
    return REPORT.matcher(uri).matches() ? "text/markdown" : "text/plain";
  }

  /** Throws {@link ApiException} if it is not there. */
  String read(String uri) {
    Matcher file = FILE.matcher(uri);
    if (file.matches()) {
      Tree tree = indexed.tree(decoded(file.group(1)), "");
      String text =
          KnowledgeTools.content(tree, decoded(file.group(2))).between(1, Integer.MAX_VALUE - 1);
      return new Reply(MOST_TOKENS).addLines(text).text();
    }
    Matcher report = REPORT.matcher(uri);
    if (report.matches()) {
      return new Reply(MOST_TOKENS).addLines(reports.markdown(decoded(report.group(1)))).text();
    }
    throw ApiException.notFound("there is no resource " + uri);
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
