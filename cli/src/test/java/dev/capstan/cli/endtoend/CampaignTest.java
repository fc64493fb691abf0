package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.capstan.api.CampaignView;
import dev.capstan.api.CampaignView.TargetView;
import dev.capstan.api.CreateCampaign;
import dev.capstan.api.CreateCampaign.Predicate;
import dev.capstan.api.CreateCampaign.Target;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.cli.session.ApiFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One goal over several repositories, some of them broken. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class CampaignTest {
  private static final Predicate NO_SPACES = new Predicate("src/**", "[ \\t]+$");

  private final Product product;

  CampaignTest(Product product) {
    this.product = product;
  }

  private Repository shopWithSpaces() {
    Repository repository = product.repository();
    repository.write("src/spaces.js", "export const one = 1;  \nexport const two = 2;\t\n");
    repository.commit("feat: count");
    return repository;
  }

  private CreateCampaign campaign(String id, Predicate done, Path... targets) {
    return new CreateCampaign(
        id,
        "Remove trailing whitespace",
        "",
        new PlanDocument(List.of()),
        false,
        Stream.of(targets).map(target -> new Target(target.toString(), "")).toList(),
        done);
  }

  private CampaignView rest(String id) {
    return Awaitility.await("campaign " + id)
        .atMost(Product.PATIENCE)
        .until(() -> product.client().campaign(id), view -> !view.status().equals("running"));
  }

  @Test
  void each_repository_has_a_run_of_its_own_and_a_broken_one_stops_no_other() {
    Repository first = shopWithSpaces();
    Repository second = shopWithSpaces();
    Repository tidy = product.repository();
    Repository bare = Repository.empty(product.newFolder("empty"));
    Path nothing = product.newFolder("no-repository");

    product
        .client()
        .create(
            campaign(
                "tidy-up",
                NO_SPACES,
                first.path(),
                nothing,
                second.path(),
                bare.path(),
                tidy.path()));
    CampaignView done = rest("tidy-up");

    assertThat(done.status()).as("%s", done).isEqualTo("completed");
    assertThat(done.targets())
        .extracting(TargetView::state)
        .containsExactly("completed", "refused", "completed", "refused", "idle");
    assertThat(done.targets().get(1).reason()).contains("not a git repository");
    assertThat(done.targets().getFirst().pullRequest()).startsWith("file:");
    assertThat(product.client().campaignReport("tidy-up"))
        .contains("5 repositories, of which 2 completed, 1 idle, 2 refused.");
  }

  @Test
  void done_is_counted_on_the_default_branch_and_a_relapse_is_seen() {
    Repository repository = shopWithSpaces();
    product.client().create(campaign("count", NO_SPACES, repository.path()));
    TargetView delivered = rest("count").targets().getFirst();

    assertThat(left("count")).containsExactly(tuple("2", false));

    Path forge = product.forge(product.client().run(delivered.run()));
    String branch =
        Repository.git(forge, "for-each-ref", "--format=%(refname:short)", "refs/heads/capstan/");
    repository.git("pull", "--quiet", forge.toString(), branch);
    assertThat(left("count")).containsExactly(tuple("0", false));

    repository.write("src/again.js", "export const three = 3; \n");
    repository.commit("feat: three");
    assertThat(left("count")).containsExactly(tuple("1", true));
  }

  private Stream<Tuple> left(String campaign) {
    return product.client().actOnCampaign(campaign, "count").targets().stream()
        .map(target -> tuple(target.remaining(), target.relapsed()));
  }

  @Test
  void the_same_request_again_changes_nothing() {
    CreateCampaign request = campaign("twice", NO_SPACES, shopWithSpaces().path());
    product.client().create(request);
    product.client().create(request);

    assertThat(rest("twice").targets()).hasSize(1);
    assertThat(product.client().campaigns())
        .extracting(CampaignView::id)
        .contains("twice")
        .doesNotHaveDuplicates();
  }

  @Test
  void a_campaign_that_is_cancelled_begins_nothing_more() {
    Repository slow = product.repository();
    product
        .client()
        .create(
            new CreateCampaign(
                "cancelled",
                "Sleep",
                "",
                new PlanDocument(List.of(StepDraft.of("wait", "sleep", "60").step())),
                false,
                List.of(new Target(slow.path().toString(), "")),
                new Predicate("", "")));

    product.client().actOnCampaign("cancelled", "cancel");
    CampaignView over = rest("cancelled");

    assertThat(over.status()).isEqualTo("completed");
    assertThat(over.targets().getFirst().state()).isIn("cancelled", "withdrawn");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    Path target = product.repository().path();

    refused(campaign("Not A Slug", NO_SPACES, target), "a campaign's id is 1 to 40");
    refused(campaign("none", NO_SPACES), "a campaign has 1 to 1000 targets");
    refused(campaign("same", NO_SPACES, target, target), "stands in a campaign once");
    refused(campaign("pattern", new Predicate("", "("), target), "no regular expression");
    assertThatThrownBy(() -> product.client().campaign("absent"))
        .hasMessageContaining("there is no campaign absent");
  }

  private void refused(CreateCampaign request, String why) {
    assertThatThrownBy(() -> product.client().create(request))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining(why);
  }
}
