package dev.capstan.server.wishes;

import dev.capstan.api.CampaignView;
import dev.capstan.api.CampaignView.TargetView;
import java.util.Map;
import java.util.TreeMap;

/** A campaign for people to read. */
final class CampaignReport {
  private CampaignReport() {}

  static String markdown(CampaignView campaign) {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(inline(campaign.goal())).append("\n\n");
    text.append("Campaign `")
        .append(campaign.id())
        .append("`, ")
        .append(campaign.status())
        .append(": ")
        .append(campaign.targets().size())
        .append(" repositories, of which ");
    String separator = "";
    for (Map.Entry<String, Integer> state : new TreeMap<>(campaign.states()).entrySet()) {
      text.append(separator).append(state.getValue()).append(' ').append(state.getKey());
      separator = ", ";
    }
    text.append(".\n\n");
    text.append(
        "| repository | state | steps | pull request | left on the default branch | why |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    for (TargetView target : campaign.targets()) {
      text.append("| ")
          .append(inline(target.source()))
          .append(" | ")
          .append(target.state())
          .append(" | ")
          .append(target.steps())
          .append(" | ")
          .append(inline(target.pullRequest()))
          .append(" | ")
          .append(target.remaining().isEmpty() ? "not counted" : target.remaining())
          .append(target.relapsed() ? ", relapsed" : "")
          .append(" | ")
          .append(inline(target.reason()))
          .append(" |\n");
    }
    return text.toString();
  }

  /** Untrusted text on one line, in which nothing is markup. */
  private static String inline(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>|#])", "\\\\$1").strip();
  }
}
