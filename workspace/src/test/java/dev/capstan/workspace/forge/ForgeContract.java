package dev.capstan.workspace.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.forge.Forge.Draft;
import dev.capstan.workspace.forge.Forge.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every forge must do. Its project has no pull request yet. */
public abstract class ForgeContract {
  protected abstract Forge forge();

  protected abstract ProjectId project();

  /** A commit of the project's. */
  protected abstract CommitId commit();

  /** Another one, of which the first is no ancestor. */
  protected abstract CommitId unrelated();

  /** The commit of a branch as the forge has it. */
  protected abstract CommitId branch(String name);

  private Draft draft(String key) {
    return new Draft(
        project(), key, "Title of " + key, "Body\n- [x] \"tests\" ü\n", "head", "main", commit());
  }

  @Test
  void nothing_is_found_before_it_is_opened() {
    assertThat(forge().find(project(), "run-1")).isEmpty();
    assertThat(forge().list(project())).isEmpty();
  }

  @Test
  void an_opened_pull_request_is_found_by_its_key_and_listed() {
    Opened first = forge().open(draft("run-1/1"));
    Opened second = forge().open(draft("run-1/2"));

    assertThat(first.draft()).isEqualTo(draft("run-1/1"));
    assertThat(forge().find(project(), "run-1/1")).contains(first);
    assertThat(forge().list(project())).containsExactly(first, second);
    assertThat(second.number()).isGreaterThan(first.number());
  }

  @Test
  void a_file_may_be_put_beside_a_pull_request_again_and_again() {
    forge().open(draft("run-1"));
    forge().attach(project(), "run-1", "evidence.json", "{}");
    forge().attach(project(), "run-1", "evidence.json", "{\"a\": 1}");

    assertThat(forge().list(project())).hasSize(1);
    assertThatThrownBy(() -> forge().attach(project(), "run-2", "evidence.json", "{}"))
        .isInstanceOf(ForgeFailure.class);
    assertThatThrownBy(() -> forge().attach(project(), "run-1", "../evidence.json", "{}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void opening_twice_gives_the_first() {
    Opened first = forge().open(draft("run-1"));
    Draft other = new Draft(project(), "run-1", "Another", "Another", "head", "main", unrelated());

    assertThat(forge().open(other)).isEqualTo(first);
    assertThat(forge().list(project())).containsExactly(first);
  }

  @Test
  void the_same_key_opened_at_once_by_many_is_one_pull_request() throws Exception {
    List<Opened> opened = atOnce(8, _ -> "run-1");

    assertThat(opened).containsOnly(opened.getFirst());
    assertThat(forge().list(project())).containsExactly(opened.getFirst());
  }

  @Test
  void numbers_are_unique_when_many_are_opened_at_once() throws Exception {
    List<Opened> opened = atOnce(8, caller -> "run-" + caller);

    assertThat(opened).extracting(Opened::number).doesNotHaveDuplicates();
    assertThat(forge().list(project())).containsExactlyInAnyOrderElementsOf(opened);
  }

  @Test
  void a_branch_is_pushed_and_pushing_it_again_is_fine() {
    forge().push(project(), commit(), "capstan/run-1");
    forge().push(project(), commit(), "capstan/run-1");

    assertThat(branch("capstan/run-1")).isEqualTo(commit());
  }

  @Test
  void a_branch_is_never_overwritten() {
    forge().push(project(), unrelated(), "capstan/run-1");

    assertThatThrownBy(() -> forge().push(project(), commit(), "capstan/run-1"))
        .hasMessageContaining("nothing is ever pushed by force");
    assertThat(branch("capstan/run-1")).isEqualTo(unrelated());
  }

  private interface Keys {
    String of(int caller);
  }

  private List<Opened> atOnce(int callers, Keys keys) throws Exception {
    CyclicBarrier start = new CyclicBarrier(callers);
    List<Future<Opened>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        String key = keys.of(i);
        running.add(
            threads.submit(() -> {
              start.await();
              return forge().open(draft(key));
            }));
      }
    }
    List<Opened> opened = new ArrayList<>();
    for (Future<Opened> each : running) {
      opened.add(each.get());
    }
    return opened;
  }
}
