package dev.capstan.server.rest;

import dev.capstan.api.AnalysisView;
import dev.capstan.knowledge.analysis.Claim;
import dev.capstan.knowledge.analysis.Findings;
import dev.capstan.knowledge.analysis.FindingsText;
import dev.capstan.server.rest.IndexedProjects.Tree;

/** Findings as the API shows them. */
final class AnalysisViews {
  private AnalysisViews() {}

  static AnalysisView dryRun(Tree tree, Findings found, AnalysisView.Prompt prompt) {
    return view(tree, found, prompt, "", "");
  }

  static AnalysisView of(
      Tree tree, Findings found, AnalysisView.Prompt prompt, String answerSha256) {
    return view(tree, found, prompt, answerSha256, FindingsText.of(found));
  }

  private static AnalysisView view(
      Tree tree, Findings found, AnalysisView.Prompt prompt, String answerSha256, String text) {
    return new AnalysisView(
        tree.project().value(),
        tree.view().name(),
        tree.view().commit(),
        found.subject(),
        found.basis().files(),
        found.basis().found(),
        found.basis().calls(),
        found.basis().resolved(),
        found.claims().stream().map(AnalysisViews::claim).toList(),
        found.leftOut(),
        found.model(),
        found.dropped().stream()
            .map(one -> new AnalysisView.Dropped(one.text(), one.why()))
            .toList(),
        prompt,
        answerSha256,
        text);
  }

  private static AnalysisView.Claim claim(Claim claim) {
    return new AnalysisView.Claim(
        claim.kind().word(), claim.rule(), claim.text(), claim.evidence());
  }
}
