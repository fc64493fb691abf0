package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.analysis.Findings.Basis;
import java.util.List;
import java.util.StringJoiner;

/** Findings as people read them, in Markdown. */
public final class FindingsText {
  private FindingsText() {}

  public static String of(Findings findings) {
    StringJoiner text = new StringJoiner("\n", "", "\n");
    text.add("# " + (findings.subject().isEmpty() ? "The whole tree" : findings.subject()));
    text.add("");
    text.add(basis(findings.basis()));
    for (Kind kind : Kind.values()) {
      List<Claim> claims =
          findings.claims().stream().filter(claim -> claim.kind() == kind).toList();
      text.add("");
      text.add("## " + heading(kind) + " (" + claims.size() + ')');
      text.add("");
      claims.forEach(claim -> add(claim, text));
    }
    if (!findings.leftOut().isEmpty()) {
      text.add("");
      text.add("Left out: " + String.join("; ", findings.leftOut()) + '.');
    }
    addModel(findings, text);
    return text.toString();
  }

  private static void addModel(Findings findings, StringJoiner text) {
    if (!findings.model().isEmpty()) {
      long kept =
          findings.claims().stream().filter(claim -> claim.rule().equals(Claim.OF_A_MODEL)).count();
      text.add("");
      text.add(
          "The model %s added %d claims whose citations hold; %d were dropped."
              .formatted(findings.model(), kept, findings.dropped().size()));
      findings
          .dropped()
          .forEach(one -> text.add("- dropped: " + one.text() + " (" + one.why() + ')'));
    }
  }

  private static String basis(Basis basis) {
    String at = basis.commit().isEmpty() ? "" : " at " + basis.commit();
    return "Tree "
        + basis.tree()
        + at
        + ". "
        + basis.inWords()
        + " What is not known can't speak against a claim.";
  }

  private static String heading(Kind kind) {
    return switch (kind) {
      case AGREEMENT -> "Agreements";
      case GAP -> "Gaps";
      case RISK -> "Risks";
    };
  }

  private static void add(Claim claim, StringJoiner text) {
    text.add("- " + claim.text() + " (" + claim.rule() + ')');
    claim.evidence().forEach(id -> text.add("  - " + id));
  }
}
