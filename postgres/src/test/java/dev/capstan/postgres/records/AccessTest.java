package dev.capstan.postgres.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.AuditLog.Entry;
import dev.capstan.control.access.Grants.Grant;
import dev.capstan.control.access.Grants.Kind;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens.Token;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens, the audit, and what belongs to whom. */
final class AccessTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final OrganisationId OTHER = new OrganisationId("other");

  private final PostgresTokens tokens = new PostgresTokens(database.transactions());
  private final PostgresGrants grants = new PostgresGrants(database.transactions());
  private final PostgresAuditLog audit = new PostgresAuditLog(database.transactions());
  private final PostgresTenancy tenancy = new PostgresTenancy(database.transactions());

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate token, upload, role_grant");
    tenancy.add(OTHER);
  }

  private static Token token(String id, String name, Optional<Instant> expires) {
    return new Token(
        id,
        name,
        Scope.OPERATOR,
        OTHER,
        Optional.empty(),
        Instant.now(),
        "user",
        expires,
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void a_token_is_good_until_it_expires_or_is_revoked() {
    assertThat(tokens.any()).isFalse();
    assertThat(tokens.add(token("1", "ci", Optional.empty()), "hash-1")).isTrue();
    tokens.add(
        token("2", "late", Optional.of(Instant.now().minus(Duration.ofSeconds(1)))), "hash-2");

    assertThat(tokens.use("hash-1").orElseThrow().name()).isEqualTo("ci");
    assertThat(tokens.use("hash-2")).isEmpty();
    assertThat(tokens.use("hash-3")).isEmpty();
    assertThat(tokens.list(new Access.Within(OTHER), Instant.now().plusSeconds(60), "", 10))
        .extracting(token -> token.lastUsedAt().isPresent())
        .containsExactlyInAnyOrder(true, false);

    assertThat(tokens.revoke(new Access.Within(OrganisationId.DEFAULT), "1")).isFalse();
    assertThat(tokens.revoke(new Access.Within(OTHER), "1")).isTrue();
    assertThat(tokens.revoke(new Access.Within(OTHER), "1")).isFalse();
    assertThat(tokens.use("hash-1")).isEmpty();
    assertThat(tokens.any()).isTrue();
  }

  @Test
  void a_rotated_token_is_the_same_one_and_its_former_secret_is_good_for_the_grace_alone() {
    Access other = new Access.Within(OTHER);
    tokens.add(token("1", "ci", Optional.empty()), "hash-1");

    assertThat(tokens.rotate(other, "1", "hash-2", Duration.ofMinutes(5)).orElseThrow().name())
        .isEqualTo("ci");
    assertThat(tokens.use("hash-1").orElseThrow().id()).isEqualTo("1");
    assertThat(tokens.use("hash-2").orElseThrow().id()).isEqualTo("1");

    tokens.rotate(other, "1", "hash-3", Duration.ofMinutes(5));
    assertThat(tokens.use("hash-1")).as("the one before the former one").isEmpty();
    assertThat(tokens.use("hash-2")).isPresent();

    tokens.rotate(other, "1", "hash-4", Duration.ZERO);
    assertThat(tokens.use("hash-3")).isEmpty();
    assertThat(tokens.use("hash-2")).as("no grace is left of a rotation before").isEmpty();
    assertThat(tokens.use("hash-4")).isPresent();
  }

  @Test
  void a_token_that_is_not_visible_or_not_good_is_not_rotated() {
    tokens.add(token("1", "ci", Optional.empty()), "hash-1");
    tokens.add(
        token("2", "late", Optional.of(Instant.now().minus(Duration.ofSeconds(1)))), "hash-2");

    assertThat(
            tokens.rotate(new Access.Within(OrganisationId.DEFAULT), "1", "hash-3", Duration.ZERO))
        .isEmpty();
    assertThat(tokens.rotate(new Access.Within(OTHER), "2", "hash-3", Duration.ofDays(1)))
        .isEmpty();
    tokens.rotate(new Access.Everything(), "1", "hash-4", Duration.ofDays(1));
    tokens.revoke(new Access.Within(OTHER), "1");
    assertThat(tokens.rotate(new Access.Within(OTHER), "1", "hash-3", Duration.ZERO)).isEmpty();
    assertThat(tokens.use("hash-1")).as("a revoked token has no grace").isEmpty();
  }

  private static Grant grant(String id, Kind kind, String holder, OrganisationId organisation) {
    return new Grant(
        id, kind, holder, Scope.OPERATOR, organisation, Optional.empty(), Instant.now(), "user");
  }

  @Test
  void what_somebody_holds_is_what_was_granted_to_them_or_to_their_groups_oldest_first() {
    grants.add(grant("1", Kind.GROUP, "team a, b", OTHER));
    grants.add(grant("2", Kind.PERSON, "ada", OrganisationId.DEFAULT));
    grants.add(grant("3", Kind.PERSON, "team a, b", OTHER));
    grants.add(grant("4", Kind.GROUP, "ada", OTHER));

    assertThat(grants.held(Set.of("ada", "sub:7"), Set.of("team a, b", "x")))
        .extracting(Grant::id)
        .containsExactly("1", "2");
    assertThat(grants.held(Set.of("eve"), Set.of())).isEmpty();
  }

  @Test
  void a_holder_has_one_grant_in_one_place_and_others_neither_see_nor_remove_it() {
    assertThat(grants.add(grant("1", Kind.PERSON, "ada", OTHER))).isTrue();
    assertThat(grants.add(grant("2", Kind.PERSON, "ada", OTHER))).isFalse();
    assertThat(grants.add(grant("3", Kind.PERSON, "ada", OrganisationId.DEFAULT))).isTrue();

    Instant later = Instant.now().plusSeconds(60);
    Access first = new Access.Within(OrganisationId.DEFAULT);
    assertThat(grants.list(first, later, "", 10)).extracting(Grant::id).containsExactly("3");
    assertThat(grants.list(new Access.Everything(), later, "", 10)).hasSize(2);
    assertThat(grants.remove(first, "1")).isFalse();
    assertThat(grants.remove(new Access.Within(OTHER), "1")).isTrue();
    assertThat(grants.held(Set.of("ada"), Set.of())).extracting(Grant::id).containsExactly("3");
  }

  @Test
  void a_name_is_in_use_once_in_an_organisation_until_it_is_revoked() {
    assertThat(tokens.add(token("1", "ci", Optional.empty()), "hash-1")).isTrue();
    assertThat(tokens.add(token("2", "ci", Optional.empty()), "hash-2")).isFalse();
    tokens.revoke(new Access.Everything(), "1");
    assertThat(tokens.add(token("2", "ci", Optional.empty()), "hash-2")).isTrue();
  }

  @Test
  void the_audit_is_only_ever_added_to() {
    audit.add(new Entry("ci", "1", "other", "POST /runs", "/runs", true, "200", "::1"));
    audit.add(new Entry("me", "2", "default", "POST /runs", "/runs", false, "no", "::1"));

    for (String sql :
        List.of("update audit set who = 'x'", "delete from audit", "truncate audit")) {
      assertThatThrownBy(() -> Statements.execute(database.transactions(), sql))
          .hasMessageContaining("only ever added to");
    }
    assertThat(audit.read(new Access.Within(OTHER), 0, Instant.EPOCH, 10))
        .extracting(placed -> placed.entry().who())
        .containsOnly("ci");
    assertThat(audit.read(new Access.Only(OTHER, new ProjectId("shop")), 0, Instant.EPOCH, 10))
        .isEmpty();
  }

  @Test
  void what_was_brought_is_seen_by_those_it_was_brought_for() {
    ContentHash hash = new ContentHash("a1".repeat(32));
    Access one = new Access.Only(OTHER, new ProjectId("one"));
    tenancy.brought(one, hash);

    assertThat(tenancy.sees(one, hash)).isTrue();
    assertThat(tenancy.sees(new Access.Within(OTHER), hash)).isTrue();
    assertThat(tenancy.sees(new Access.Everything(), hash)).isTrue();
    assertThat(tenancy.sees(new Access.Only(OTHER, new ProjectId("two")), hash)).isFalse();
    assertThat(tenancy.sees(new Access.Within(OrganisationId.DEFAULT), hash)).isFalse();
  }
}
