package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.api.CheckProject;
import dev.capstan.api.ProjectCheckView;
import dev.capstan.api.ProjectCheckView.FindingView;
import dev.capstan.api.RunView;
import dev.capstan.api.SnapshotComparison;
import dev.capstan.api.SnapshotComparison.CaseChange;
import dev.capstan.api.SnapshotSummary;
import dev.capstan.api.SnapshotView;
import dev.capstan.api.SnapshotView.CaseView;
import dev.capstan.cli.session.ApiFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Repositories looked at before a run, and what runs have measured of them. */
@ExtendWith(ProductExtension.class)
class ProjectsTest {
  private final Product product;

  ProjectsTest(Product product) {
    this.product = product;
  }

  private ProjectCheckView check(String source, String base) {
    return product.client().check(new CheckProject("", source, base));
  }

  @Test
  void a_repository_is_looked_at_without_being_registered() {
    Repository shop = product.repository();

    ProjectCheckView found = check(shop.path().toString(), "");

    assertThat(found.usable()).isTrue();
    assertThat(found.toolchain()).isEqualTo("make");
    assertThat(found.commit()).isEqualTo(shop.git("rev-parse", "HEAD"));
    assertThat(product.client().projects()).noneMatch(one -> one.id().equals(found.project()));
  }

  @Test
  void what_is_wrong_comes_with_what_to_do() {
    Repository shop = product.repository();

    ProjectCheckView found = check(shop.path().toString(), "no-such-branch");

    assertThat(found.usable()).isFalse();
    FindingView branch =
        found.findings().stream()
            .filter(one -> one.state().equals("bad"))
            .findFirst()
            .orElseThrow();
    assertThat(branch.name()).isEqualTo("branch exists");
    assertThat(branch.remedy()).isNotEmpty();
    assertThatThrownBy(() -> product.client().check(new CheckProject("nobody", "", "")))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("nobody");
  }

  @Test
  void what_a_run_measured_can_be_listed_shown_compared_and_exported() {
    Repository shop = product.repository();
    shop.write("cases/third.sh", "false\n");
    String base = shop.commit("test: one that fails");
    RunView run =
        product.carryOut(shop, StepDraft.shell("mend", "echo true > cases/third.sh").step());
    String project = run.project();

    List<SnapshotSummary> all = product.client().snapshots(project, 50);
    assertThat(all).extracting(SnapshotSummary::commit).contains(base);
    assertThat(all.size()).isGreaterThan(1);

    SnapshotView before = product.client().snapshot(project, base.substring(0, 8));
    assertThat(before.counts().tests()).isEqualTo(3);
    assertThat(before.counts().successRate()).isEqualTo(2.0 / 3);
    assertThat(before.cases())
        .extracting(CaseView::status)
        .containsExactlyInAnyOrder("passed", "passed", "failed");

    SnapshotComparison comparison = product.client().compare(project, base, "latest");
    assertThat(comparison.notComparable()).isEmpty();
    assertThat(comparison.cases())
        .extracting(CaseChange::id, CaseChange::before, CaseChange::after)
        .containsExactly(tuple("third", "failed", "passed"));

    assertThat(product.client().snapshotCsv(project, base).lines())
        .hasSize(4)
        .startsWith("kind,name,status,took_millis,lines_covered,lines,branches_covered,branches")
        .anyMatch(line -> line.startsWith("case,\"third\",failed,"));
    assertThatThrownBy(() -> product.client().snapshot(project, "ffffffff"))
        .isInstanceOf(ApiFailure.class);
  }
}
