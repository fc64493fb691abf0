package dev.capstan.postgres.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Memories.Action;
import dev.capstan.control.records.Memories.Asker;
import dev.capstan.control.records.Memories.Attempts;
import dev.capstan.control.records.Memories.Cost;
import dev.capstan.control.records.Memories.Embedding;
import dev.capstan.control.records.Memories.Ending;
import dev.capstan.control.records.Memories.Episode;
import dev.capstan.control.records.Memories.Memory;
import dev.capstan.control.records.Memories.Reuse;
import dev.capstan.control.records.Memories.Share;
import dev.capstan.control.records.Memories.Situation;
import dev.capstan.control.records.Memories.Tried;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.Change;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import dev.capstan.postgres.testing.TestRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept of finished steps, and what came of offering it. */
final class PostgresMemoriesTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final ProjectId SHOP = new ProjectId("shop");
  private static final ProjectId OTHER = new ProjectId("other");
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private final PostgresMemories memories = new PostgresMemories(database.transactions());

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate project, model_call cascade");
    Statements.execute(database.transactions(), "update memory_progress set position = 0");
    try (TestRuns runs = new TestRuns(database)) {
      runs.project("shop", 1);
      runs.project("other", 1);
    }
  }

  private static Episode episode(ProjectId project, String step, Instant at, String title) {
    return new Episode(
        project,
        new RunId("run"),
        new StepId(step),
        at,
        new Situation("tidy up", title, "an odd text: \0", "refactor", List.of("src/**")),
        new Action("builtin", "model=m", new Change(2, 10, 3), List.of("src/A.java")),
        new Ending(
            true,
            List.of("TESTS PASS: 12 passed"),
            List.of("it did not compile"),
            2,
            Duration.ofSeconds(90)));
  }

  private void keep(long through, Episode... episodes) {
    memories.keep(List.of(episodes), List.of(), through);
  }

  private Memory only(ProjectId project) {
    assertThat(memories.list(project, Optional.empty(), 10)).hasSize(1);
    return memories.list(project, Optional.empty(), 10).getFirst();
  }

  @Test
  void what_was_kept_is_read_back_and_how_far_the_log_was_read_stands_beside_it() {
    assertThat(memories.progress()).isZero();

    keep(42, episode(SHOP, "one", NOON, "Rename Shop"));

    Memory kept = only(SHOP);
    Episode written = episode(SHOP, "one", NOON, "Rename Shop");
    assertThat(kept.episode().action()).isEqualTo(written.action());
    assertThat(kept.episode().ending()).isEqualTo(written.ending());
    assertThat(kept.episode().situation().reason()).isEqualTo("an odd text: \ufffd");
    assertThat(memories.find(SHOP, kept.id())).contains(kept);
    assertThat(memories.find(OTHER, kept.id())).isEmpty();
    assertThat(memories.progress()).isEqualTo(42);
    keep(41);
    assertThat(memories.progress()).isEqualTo(42);
  }

  @Test
  void written_again_it_is_the_same_and_a_later_ending_takes_its_place() {
    keep(1, episode(SHOP, "one", NOON, "Rename Shop"));
    Memory first = only(SHOP);
    memories.embed(first, new Embedding("m", new byte[] {1, 2}));

    keep(1, episode(SHOP, "one", NOON, "Rename Shop"));
    assertThat(only(SHOP)).isEqualTo(first);
    assertThat(memories.newest(SHOP, 5).getFirst().embedding())
        .hasValueSatisfying(there -> assertThat(there.vector()).containsExactly(1, 2));

    keep(2, episode(SHOP, "one", NOON.plusSeconds(5), "Rename Shop once more"));
    keep(1, episode(SHOP, "one", NOON, "Rename Shop"));
    assertThat(only(SHOP).id()).isEqualTo(first.id());
    assertThat(only(SHOP).episode().situation().title()).isEqualTo("Rename Shop once more");
    assertThat(memories.newest(SHOP, 5).getFirst().embedding()).isEmpty();
    memories.embed(first, new Embedding("m", new byte[] {1, 2}));
    assertThat(memories.newest(SHOP, 5).getFirst().embedding()).isEmpty();
  }

  @Test
  void what_was_forgotten_is_gone_and_stays_gone() {
    keep(1, episode(SHOP, "one", NOON, "Rename Shop"));
    long id = only(SHOP).id();

    assertThat(memories.forget(OTHER, id)).isFalse();
    assertThat(memories.forget(SHOP, id)).isTrue();
    assertThat(memories.forget(SHOP, id)).isFalse();
    keep(0, episode(SHOP, "one", NOON, "Rename Shop"));
    keep(2, episode(SHOP, "one", NOON.plusSeconds(5), "Rename Shop"));

    assertThat(memories.list(SHOP, Optional.empty(), 10)).isEmpty();
    assertThat(memories.find(SHOP, id)).isEmpty();
    assertThat(memories.newest(SHOP, 10)).isEmpty();
    assertThat(
            Statements.texts(
                database.transactions(), "select m::text from memory as m where run_id = 'run'"))
        .singleElement()
        .asString()
        .doesNotContain("Rename", "src", "compile");
  }

  @Test
  void the_newest_come_first_and_a_page_goes_on_behind_its_last() {
    keep(
        1,
        episode(SHOP, "one", NOON, "first"),
        episode(SHOP, "two", NOON, "second"),
        episode(SHOP, "three", NOON.plusSeconds(1), "third"),
        episode(OTHER, "one-of-other", NOON, "elsewhere"));

    List<Memory> page = memories.list(SHOP, Optional.empty(), 2);

    assertThat(page).extracting(PostgresMemoriesTest::title).containsExactly("third", "second");
    assertThat(memories.list(SHOP, Optional.of(page.getLast().place()), 2))
        .extracting(PostgresMemoriesTest::title)
        .containsExactly("first");
  }

  private static String title(Memory memory) {
    return memory.episode().situation().title();
  }

  @Test
  void it_costs_what_the_calls_of_the_step_cost() {
    Statements.execute(
        database.transactions(),
        """
        insert into model_call (id, run_id, project_id, step, attempt, purpose, at, protocol, asked, used, prompt_hash,
          input, output, micro_dollars, prices, ms, retries, outcome, detail, origin)
        select 'c' || n, 'run', 'shop', step, 1, 'work', now(), 'CHAT', 'm', 'm', '', 100, 20, money, '', 1, 0,
          'answered', '', 'provider'
        from (values (1, 'priced', 500), (2, 'priced', 700), (3, 'unpriced', null)) as call (n, step, money)
        """);

    keep(
        1,
        episode(SHOP, "priced", NOON, "a"),
        episode(SHOP, "unpriced", NOON, "b"),
        episode(SHOP, "free", NOON, "c"));

    assertThat(memories.list(SHOP, Optional.empty(), 10))
        .extracting(Memory::cost)
        .containsExactlyInAnyOrder(
            new Cost(240, Optional.of(1_200L)),
            new Cost(120, Optional.empty()),
            new Cost(0, Optional.of(0L)));
  }

  @Test
  void it_is_counted_what_was_offered_to_whom_and_whether_that_passed() {
    keep(1, episode(SHOP, "one", NOON, "a"), episode(SHOP, "two", NOON, "b"));
    List<Long> ids = memories.list(SHOP, Optional.empty(), 10).stream().map(Memory::id).toList();
    memories.offered(asker("plan-1", "", 0), ids);
    memories.offered(asker("plan-2", "", 0), List.of());
    memories.offered(asker("later", "x", 1), List.of(ids.getFirst()));
    memories.offered(asker("later", "x", 2), ids);
    memories.offered(asker("later", "x", 2), List.of(ids.getFirst()));
    memories.offered(asker("later", "y", 1), List.of());
    memories.offered(asker("later", "z", 1), List.of(ids.getFirst()));

    memories.keep(
        List.of(), List.of(tried("x", 1, false), tried("x", 2, true), tried("y", 1, true)), 2);

    assertThat(memories.find(SHOP, ids.getFirst()))
        .hasValueSatisfying(memory -> {
          assertThat(memory.offered()).isEqualTo(4);
          assertThat(memory.passed()).isEqualTo(1);
          assertThat(memory.failed()).isEqualTo(1);
        });
    assertThat(memories.find(SHOP, ids.getLast()).orElseThrow().offered()).isEqualTo(1);
    assertThat(memories.reuse(SHOP))
        .isEqualTo(new Reuse(2, new Share(2, 1), new Attempts(new Share(4, 3), 2, 1, 1, 1)));
    assertThat(memories.reuse(OTHER))
        .isEqualTo(new Reuse(0, new Share(0, 0), new Attempts(new Share(0, 0), 0, 0, 0, 0)));
  }

  private static Asker asker(String run, String step, int attempt) {
    return new Asker(SHOP, new RunId(run), step, attempt);
  }

  private static Tried tried(String step, int attempt, boolean passed) {
    return new Tried(new RunId("later"), new StepId(step), attempt, passed);
  }

  @Test
  void who_may_not_see_the_project_finds_and_forgets_nothing() {
    keep(1, episode(SHOP, "one", NOON, "a"));
    long id = only(SHOP).id();
    PostgresMemories strange =
        new PostgresMemories(
            database.transactions(), () -> new Access.Only(OrganisationId.DEFAULT, OTHER));

    assertThat(strange.list(SHOP, Optional.empty(), 10)).isEmpty();
    assertThat(strange.find(SHOP, id)).isEmpty();
    assertThat(strange.newest(SHOP, 10)).isEmpty();
    assertThat(strange.forget(SHOP, id)).isFalse();
    assertThat(strange.reuse(SHOP).memories()).isZero();
    assertThat(only(SHOP).id()).isEqualTo(id);
  }

  @Test
  void nothing_is_counted_for_a_project_that_is_not_there_yet() {
    ProjectId unknown = new ProjectId("unknown");

    memories.offered(new Asker(unknown, new RunId("plan-1"), "", 0), List.of());

    assertThat(memories.reuse(unknown).plannings()).isEqualTo(new Share(0, 0));
  }
}
