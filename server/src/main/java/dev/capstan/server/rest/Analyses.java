package dev.capstan.server.rest;

import dev.capstan.api.AnalyseSubject;
import dev.capstan.api.AnalysisView;
import dev.capstan.control.access.AuditLog;
import dev.capstan.control.access.Scope;
import dev.capstan.core.Sha256;
import dev.capstan.engines.chat.Chat;
import dev.capstan.engines.chat.Reply;
import dev.capstan.knowledge.analysis.Analysis;
import dev.capstan.knowledge.analysis.Citations;
import dev.capstan.knowledge.analysis.Findings;
import dev.capstan.knowledge.analysis.Findings.Checked;
import dev.capstan.knowledge.analysis.Findings.Dropped;
import dev.capstan.knowledge.analysis.Material;
import dev.capstan.knowledge.analysis.ModelAnswer;
import dev.capstan.knowledge.analysis.Subject;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.models.secrecy.Redaction;
import dev.capstan.server.auth.Audited;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.IndexedProjects.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Analyses parts of indexed projects: by rules, and by a model what else can be said of them, if
 * one is named. Whatever comes of it stands in the audit, by hashes.
 */
public final class Analyses {
  private static final int USUAL_TOKENS = 8_000;
  private static final int LONGEST_SUBJECT = 1_000;

  private final IndexedProjects indexed;
  private final ServerModels models;
  private final Callers callers;
  private final AuditLog audit;

  public Analyses(IndexedProjects indexed, ServerModels models, Callers callers, AuditLog audit) {
    this.indexed = indexed;
    this.models = models;
    this.callers = callers;
    this.audit = audit;
  }

  /**
   * Throws {@link ApiException} if there is no such subject, if whoever asks may not spend on
   * models, or if the model does not answer as asked.
   *
   * @param address of whoever asks, for the audit
   */
  public AnalysisView of(Tree tree, AnalyseSubject wanted, String address)
      throws InterruptedException {
    boolean asks = !wanted.model().isEmpty() && !wanted.dryRun();
    if (asks && !callers.current().scope().covers(Scope.OPERATOR)) {
      throw ApiException.forbidden(
          "to have a model analyse needs a token of scope " + Scope.OPERATOR.word());
    }
    Subject subject = subject(tree, wanted.subject());
    CodeGraph graph = indexed.graph(tree);
    Findings found = Analysis.of(tree.index(), tree.view(), graph, subject);
    Trail trail = new Trail(tree, subject, address);
    if (!asks && !wanted.dryRun()) {
      AnalysisView view = AnalysisViews.of(tree, found, AnalysisView.Prompt.NONE, "");
      trail.add(
          "by rules: %d claims, answer %s"
              .formatted(found.claims().size(), Sha256.hex(view.text())));
      return view;
    }
    Redaction redaction = models.redaction();
    Map<String, String> material =
        Material.of(tree.index(), tree.view(), graph, subject, tokens(wanted));
    AnalysisView.Prompt prompt = AnalysisPrompt.of(found, material, redaction);
    if (wanted.dryRun()) {
      trail.add("dry run: prompt " + prompt.sha256());
      return AnalysisViews.dryRun(tree, found, prompt);
    }
    String answer = answer(tree, wanted.model(), prompt, redaction, trail);
    Checked checked = checked(tree, subject, answer);
    trail.add(wanted.model(), prompt, answer, checked);
    return AnalysisViews.of(tree, found.with(wanted.model(), checked), prompt, Sha256.hex(answer));
  }

  private static Subject subject(Tree tree, String text) {
    if (text.length() > LONGEST_SUBJECT) {
      throw ApiException.invalid("a subject has at most " + LONGEST_SUBJECT + " characters");
    }
    return Subject.of(tree.view(), text)
        .orElseThrow(() ->
            ApiException.notFound(
                "the tree "
                    + tree.view().name()
                    + " has no file, folder or package "
                    + text
                    + ", and nothing that it matches"));
  }

  private static int tokens(AnalyseSubject wanted) {
    return wanted.tokens() == 0
        ? USUAL_TOKENS
        : Math.clamp(wanted.tokens(), AnalyseSubject.FEWEST_TOKENS, AnalyseSubject.MOST_TOKENS);
  }

  private String answer(
      Tree tree, String model, AnalysisView.Prompt prompt, Redaction redaction, Trail trail)
      throws InterruptedException {
    Chat chat = Chat.once(model, prompt.text(), Optional.of(ModelAnswer.schema()));
    return switch (models.model(tree.project(), "analysis", prompt.label(), redaction).ask(chat)) {
      case Reply.Said said -> said.text();
      case Reply.Refused(_, var why) -> {
        trail.add("model %s, prompt %s, no answer: %s".formatted(model, prompt.sha256(), why));
        throw ApiException.invalid("no answer came of " + model + ": " + why);
      }
    };
  }

  /** An answer that cannot be read is one claim that is dropped. */
  private static Checked checked(Tree tree, Subject subject, String answer) {
    Optional<ModelAnswer> read = ModelAnswer.read(answer);
    if (read.isEmpty()) {
      return new Checked(
          List.of(), List.of(new Dropped("the whole answer", "it has not the shape asked for")));
    }
    Checked checked = new Citations(tree.index(), tree.view(), subject).check(read.get().claims());
    List<Dropped> dropped = new ArrayList<>(checked.dropped());
    for (int i = 0; i < read.get().unread(); i++) {
      dropped.add(new Dropped("a finding", "it has not the shape asked for, or is one too many"));
    }
    return new Checked(checked.held(), dropped);
  }

  /** What the audit keeps of one analysis. */
  private final class Trail {
    private final Tree tree;
    private final Subject subject;
    private final String address;

    Trail(Tree tree, Subject subject, String address) {
      this.tree = tree;
      this.subject = subject;
      this.address = address;
    }

    void add(String outcome) {
      String of =
          "%s %s@%s %s"
              .formatted(tree.project(), tree.view().name(), tree.view().commit(), subject.text());
      audit.add(
          Audited.entry(
              Optional.of(callers.current()), "analyse", of.strip(), true, outcome, address));
    }

    /**
     * What was dropped is named by its hash, since a claim may repeat what is nobody's business.
     */
    void add(String model, AnalysisView.Prompt prompt, String answer, Checked checked) {
      add(
          "model %s, prompt %s, answer %s, %d claims held, %d dropped"
              .formatted(
                  model,
                  prompt.sha256(),
                  Sha256.hex(answer),
                  checked.held().size(),
                  checked.dropped().size()));
      checked
          .dropped()
          .forEach(one -> add("dropped claim " + Sha256.hex(one.text()) + ": " + one.why()));
    }
  }
}
