package dev.capstan.server.rest;

import dev.capstan.api.AnalysisView;
import dev.capstan.core.Sha256;
import dev.capstan.engines.chat.Chat;
import dev.capstan.engines.prompt.DataFence;
import dev.capstan.engines.prompt.PromptTemplate;
import dev.capstan.knowledge.analysis.Claim;
import dev.capstan.knowledge.analysis.Findings;
import dev.capstan.knowledge.analysis.ModelAnswer;
import dev.capstan.models.secrecy.Redaction;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a model is asked of a part of a project: what leaves, with secrets kept back already. */
final class AnalysisPrompt {
  private static final int MOST_FOUND = 60;
  private static final String TEXT = "text";

  private AnalysisPrompt() {}

  /** {@code material} is by where it is from. */
  static AnalysisView.Prompt of(Findings found, Map<String, String> material, Redaction redaction) {
    PromptTemplate template = PromptTemplate.bundled("analysis");
    String filled =
        template.fill(
            Map.of(
                "subject", found.subject().isEmpty() ? "the whole tree" : found.subject(),
                "found", found(found),
                "material", new DataFence(material).text(Integer.MAX_VALUE),
                "most", String.valueOf(ModelAnswer.MOST_CLAIMS),
                "schema", JsonMapper.shared().writeValueAsString(ModelAnswer.schema())));
    ObjectNode leaving = JsonMapper.shared().createObjectNode().put(TEXT, filled + '\n');
    redaction.outwards(leaving);
    String text = leaving.path(TEXT).asString();
    return new AnalysisView.Prompt(template.label(), Chat.RULES, text, Sha256.hex(text));
  }

  private static String found(Findings found) {
    return found.claims().isEmpty()
        ? "nothing"
        : found.claims().stream()
            .limit(MOST_FOUND)
            .map(AnalysisPrompt::inWords)
            .collect(Collectors.joining("\n"));
  }

  private static String inWords(Claim claim) {
    return "- " + claim.kind().word() + ": " + claim.text();
  }
}
