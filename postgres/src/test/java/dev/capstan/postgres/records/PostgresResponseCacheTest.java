package dev.capstan.postgres.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.ProjectId;
import dev.capstan.models.cache.CacheKey;
import dev.capstan.models.cache.KeptAnswer;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An answer is used again in its project alone, and for thirty days. */
final class PostgresResponseCacheTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final KeptAnswer ANSWER = new KeptAnswer("large", true, "data: {}\n\n");

  private final PostgresResponseCache cache = new PostgresResponseCache(database.transactions());

  @BeforeEach
  void begin() {
    execute(
        """
        truncate project cascade;
        insert into organisation (id) values ('other') on conflict do nothing;
        insert into project (id, source) values ('shop', 'x');
        insert into project (id, source, organisation_id) values ('bank', 'y', 'other')
        """);
  }

  private static void execute(String sql) {
    Statements.execute(database.transactions(), sql);
  }

  private static CacheKey key(String project) {
    return new CacheKey(new ProjectId(project), "hash");
  }

  @Test
  void what_was_kept_is_found_by_its_key_alone() {
    cache.keep(key("shop"), ANSWER);
    assertThat(cache.find(key("shop"))).contains(ANSWER);
    assertThat(cache.find(new CacheKey(new ProjectId("shop"), "another"))).isEmpty();
  }

  @Test
  void another_project_does_not_find_it() {
    cache.keep(key("shop"), ANSWER);
    assertThat(cache.find(key("bank"))).isEmpty();
  }

  @Test
  void the_last_one_that_was_kept_counts() {
    KeptAnswer later = new KeptAnswer("large", true, "data: {\"later\":true}\n\n");
    cache.keep(key("shop"), ANSWER);
    cache.keep(key("shop"), later);
    assertThat(cache.find(key("shop"))).contains(later);
  }

  @Test
  void it_is_not_found_after_thirty_days() {
    cache.keep(key("shop"), ANSWER);
    execute("update model_answer set kept_at = now() - interval '29 days 23 hours'");
    assertThat(cache.find(key("shop"))).isPresent();
    execute("update model_answer set kept_at = now() - interval '30 days 1 second'");
    assertThat(cache.find(key("shop"))).isEmpty();
  }

  @Test
  void it_goes_with_its_project_and_is_not_kept_for_one_that_is_gone() {
    cache.keep(key("shop"), ANSWER);
    execute("delete from project where id = 'shop'");
    cache.keep(key("shop"), ANSWER);
    assertThat(cache.find(key("shop"))).isEmpty();
  }

  @Test
  void what_the_database_cannot_hold_is_not_kept() {
    cache.keep(key("shop"), new KeptAnswer("large", false, "a\0b"));
    assertThat(cache.find(key("shop"))).isEmpty();
  }
}
