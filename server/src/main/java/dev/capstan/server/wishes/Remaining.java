package dev.capstan.server.wishes;

import dev.capstan.api.CreateCampaign.Predicate;
import dev.capstan.control.records.Campaigns;
import dev.capstan.control.records.Campaigns.Campaign;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Wishes.Wish;
import dev.capstan.core.ProjectId;
import dev.capstan.core.plan.Scope;
import dev.capstan.engines.planner.TreeSources;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.RunCreation;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.Resolved;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Counts what is left of a campaign's goal where it counts: on the default branches. */
public final class Remaining {
  private static final Logger LOG = LoggerFactory.getLogger(Remaining.class);

  private final Campaigns campaigns;
  private final Projects projects;
  private final GitStore git;

  public Remaining(Campaigns campaigns, Projects projects, GitStore git) {
    this.projects = projects;
    this.campaigns = campaigns;
    this.git = git;
  }

  /** A target that cannot be reached keeps its last count. */
  void count(Campaign campaign, List<Wish> wishes) throws InterruptedException {
    Predicate done = JsonMapper.shared().readValue(campaign.body(), Predicate.class);
    if (done.pattern().isEmpty()) {
      throw ApiException.invalid(
          "campaign "
              + campaign.id()
              + " says nothing of when it is done; its targets file needs done: {pattern: ...}");
    }
    for (Wish wish : wishes) {
      String source = WishBody.read(wish.body()).source();
      try {
        count(campaign, source, done);
      } catch (GitFailure failure) {
        LOG.info("{} was not counted: {}", source, failure.getMessage());
      }
    }
  }

  private void count(Campaign campaign, String source, Predicate done) throws InterruptedException {
    ProjectId project = RunCreation.derived(projects.home(), source);
    projects.admit(source);
    git.mirror(project, source);
    Resolved now = git.resolve(project, "");
    int left = git.look(project, now.commit(), tree -> matches(tree, done));
    campaigns.counted(campaign.id(), source, now.commit().value(), left);
  }

  private static int matches(Path tree, Predicate done) {
    Scope files = new Scope(done.files().isEmpty() ? List.of() : List.of(done.files()));
    Pattern pattern = Pattern.compile(done.pattern(), Pattern.MULTILINE);
    TreeSources sources = new TreeSources(tree);
    int count = 0;
    for (String path : sources.paths()) {
      if (files.allows(path)) {
        Matcher matcher = pattern.matcher(sources.text(path).orElse(""));
        while (matcher.find()) {
          count++;
        }
      }
    }
    return count;
  }
}
