package dev.capstan.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.capstan.postgres.database.DatabaseUnavailable.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:s%40crete@db.example:5433/work?sslmode=require",
        "postgres://ann:s%40crete@db.example:5433/work?sslmode=require",
        "jdbc:postgresql://ann:s%40crete@db.example:5433/work?sslmode=require",
        "jdbc:postgresql://db.example:5433/work?user=ann&password=s%40crete&sslmode=require"
      })
  void all_ways_to_write_it_mean_the_same(String url) {
    DatabaseAddress address = DatabaseAddress.parse(url, Map.of());

    assertThat(address)
        .isEqualTo(
            new DatabaseAddress("db.example:5433", "work", "sslmode=require", "ann", "s@crete"));
    assertThat(address.jdbcUrl())
        .isEqualTo("jdbc:postgresql://db.example:5433/work?sslmode=require");
    assertThat(address.toString()).isEqualTo("postgresql://ann@db.example:5433/work");
  }

  @Test
  void what_the_url_leaves_out_comes_from_the_environment() {
    Map<String, String> environment = Map.of("PGUSER", "bob", "PGPASSWORD", "pw");

    assertThat(DatabaseAddress.parse("postgresql://one,two:5433/work", environment))
        .isEqualTo(new DatabaseAddress("one,two:5433", "work", "", "bob", "pw"));
    assertThat(DatabaseAddress.parse("postgresql://ann:own@one/work", environment).password())
        .isEqualTo("own");
  }

  @Test
  void a_plus_sign_in_a_password_stays_one() {
    assertThat(DatabaseAddress.parse("postgresql://ann:a+b@one/work", Map.of()).password())
        .isEqualTo("a+b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:geheim@host/work",
        "postgresql://ann:geheim@host",
        "postgresql://ann:geheim%zz@host/work",
        "postgresql://:geheim@host/work",
        "geheim"
      })
  void a_url_that_can_not_be_read_is_refused_without_showing_its_password(String url) {
    DatabaseUnavailable refusal =
        catchThrowableOfType(DatabaseUnavailable.class, () -> DatabaseAddress.parse(url, Map.of()));

    assertThat(refusal.reason()).isEqualTo(Reason.BAD_URL);
    assertThat(refusal).hasMessageNotContaining("geheim");
  }

  @Test
  void a_port_that_is_no_number_is_refused_by_name() {
    DatabaseAddress address =
        DatabaseAddress.parse("postgresql://ann:geheim@host:port/work", Map.of());

    DatabaseUnavailable refusal =
        catchThrowableOfType(DatabaseUnavailable.class, () -> Database.open(address, 1).close());

    assertThat(refusal.reason()).isEqualTo(Reason.BAD_URL);
    assertThat(refusal).hasMessageContaining("host:port").hasMessageNotContaining("geheim");
  }

  @Test
  void our_driver_settings_are_added_and_those_of_the_url_win() {
    DatabaseAddress address =
        DatabaseAddress.parse("postgresql://ann@host/work?prepareThreshold=0", Map.of());

    assertThat(DriverSettings.url(address))
        .contains("?prepareThreshold=0&")
        .contains("reWriteBatchedInserts=true")
        .contains("tcpKeepAlive=true")
        .doesNotContain("prepareThreshold=1");
  }
}
