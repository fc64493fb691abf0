package dev.capstan.postgres.records;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens;
import dev.capstan.core.ProjectId;
import dev.capstan.postgres.access.Visible;
import dev.capstan.postgres.database.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tokens in PostgreSQL. */
public final class PostgresTokens implements Tokens {
  private static final String COLUMNS =
      "id, name, scope, organisation_id, project_id, created_at, created_by, expires_at, last_used_at, revoked_at";

  private final Sql sql;

  public PostgresTokens(Transactions transactions) {
    this.sql = new Sql(transactions);
  }

  @Override
  public boolean add(Token token, String hash) {
    return sql.update(
            """
            insert into token (id, name, hash, scope, organisation_id, project_id, created_at, created_by, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (organisation_id, name) where revoked_at is null do nothing
            """,
            token.id(),
            token.name(),
            hash,
            token.scope().word(),
            token.organisation().value(),
            token.project().map(ProjectId::value).orElse(null),
            time(token.createdAt()),
            token.createdBy(),
            token.expiresAt().map(PostgresTokens::time).orElse(null))
        > 0;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  @Override
  public Optional<Token> use(String hash) {
    Optional<Use> use =
        sql
            .query(
                """
                select %s, (last_used_at is null or last_used_at < now() - interval '1 minute') as due from token
                where (hash = ? or (former_hash = ? and former_until > now()))
                  and revoked_at is null and (expires_at is null or expires_at > now())
                """
                    .formatted(COLUMNS),
                row -> new Use(token(row), row.getBoolean("due")),
                hash,
                hash)
            .stream()
            .findFirst();
    use.filter(Use::due)
        .ifPresent(one ->
            sql.update("update token set last_used_at = now() where id = ?", one.token().id()));
    return use.map(Use::token);
  }

  /** A token that is used, and whether that is noted: to the minute, so that not each writes. */
  private record Use(Token token, boolean due) {}

  @Override
  public Map<String, Token> good(Set<String> hashes) {
    return sql
        .query(
            """
            select sent, %s from unnest(?::text[]) as sent
            join token on hash = sent or (former_hash = sent and former_until > now())
            where revoked_at is null and (expires_at is null or expires_at > now())
            """
                .formatted(COLUMNS),
            row -> Map.entry(row.getString("sent"), token(row)),
            (Object) hashes.toArray(String[]::new))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public List<Token> list(Access access, Instant before, String id, int most) {
    Visible visible = Visible.organisation(access, "organisation_id");
    return sql.query(
        """
        select %s from token where (created_at, id) < (?, ?) and %s
        order by created_at desc, id desc limit ?
        """
            .formatted(COLUMNS, visible.condition()),
        PostgresTokens::token,
        List.of(Sql.parameter(before), id),
        visible,
        most);
  }

  /** What was the former secret until now is good no more, whatever its grace. */
  @Override
  public Optional<Token> rotate(Access access, String id, String hash, Duration grace) {
    Visible visible = Visible.organisation(access, "organisation_id");
    int rotated =
        sql.update(
            """
            update token set hash = ?, former_hash = hash, former_until = now() + make_interval(secs => ?)
            where id = ? and revoked_at is null and (expires_at is null or expires_at > now()) and %s
            """
                .formatted(visible.condition()),
            Stream.concat(
                    Stream.of(hash, (double) grace.toSeconds(), id), visible.values().stream())
                .toArray());
    return rotated == 0
        ? Optional.empty()
        : sql
            .query(
                "select %s from token where id = ?".formatted(COLUMNS), PostgresTokens::token, id)
            .stream()
            .findFirst();
  }

  @Override
  public boolean revoke(Access access, String id) {
    Visible visible = Visible.organisation(access, "organisation_id");
    return sql.update(
            "update token set revoked_at = now() where id = ? and revoked_at is null and "
                + visible.condition(),
            Stream.concat(Stream.of(id), visible.values().stream()).toArray())
        > 0;
  }

  @Override
  public boolean any() {
    return !sql.query("select 1 from token limit 1", _ -> 1).isEmpty();
  }

  private static Token token(ResultSet row) throws SQLException {
    return new Token(
        row.getString("id"),
        row.getString("name"),
        Scope.of(row.getString("scope")).orElseThrow(),
        new OrganisationId(row.getString("organisation_id")),
        Optional.ofNullable(row.getString("project_id")).map(ProjectId::new),
        Sql.instant(row, "created_at"),
        row.getString("created_by"),
        optional(row, "expires_at"),
        optional(row, "last_used_at"),
        optional(row, "revoked_at"));
  }

  private static Optional<Instant> optional(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
