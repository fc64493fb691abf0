package dev.capstan.server.rest;

import dev.capstan.api.AnalyseSubject;
import dev.capstan.api.AnalysisView;
import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.AuditFilter;
import dev.capstan.server.rest.IndexedProjects.Tree;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What of a part of a project fits together, is missing or is risky. */
@RestController
@RequestMapping("/api/v1/projects/{project}")
public final class AnalysisController {
  private final IndexedProjects indexed;
  private final Analyses analyses;

  public AnalysisController(IndexedProjects indexed, Analyses analyses) {
    this.indexed = indexed;
    this.analyses = analyses;
  }

  /**
   * Analyses a part of a project by rules and, if one is named, by a model, whose claims are kept
   * only if what they cite stands there. A model needs the scope operator, as it costs.
   */
  @Allowed(Scope.READER)
  @PostMapping("/analysis")
  AnalysisView analyse(
      @PathVariable String project, @RequestBody AnalyseSubject request, HttpServletRequest http)
      throws InterruptedException {
    indexed.known(project);
    Bodies.complete(request);
    Tree tree = indexed.tree(project, request.tree());
    AnalysisView view = analyses.of(tree, request, http.getRemoteAddr());
    AuditFilter.passOver(http);
    return view;
  }
}
