package io.tas.dbhub.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.sealing.Credentials;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UpdateRulesTest {
  private static final Scope SCOPE = new Scope("acme", "main");
  private static final Credentials OLD = new Credentials("reader", "correct horse");
  private static final DatabaseDefinition SERVER =
      new DatabaseDefinition(
          "0b6ff0a2-64d2-4d0b-a3f3-0f6f0f2f8f11",
          SCOPE,
          "ada",
          "Orders",
          new Target(DatabaseType.POSTGRES, "db.test", 6543, "orders", SslMode.VERIFY_FULL, 20, 40),
          new AccessPolicy(false, 50),
          Map.of("team", "sales"),
          "What was sold",
          "red",
          true);
  private static final DatabaseDefinition FILE =
      new DatabaseDefinition(
          SERVER.id(),
          SCOPE,
          "ada",
          "Books",
          new Target(DatabaseType.SQLITE, "", 0, "books.db", SslMode.DISABLE, 30, 15),
          new AccessPolicy(true, 1000),
          Map.of(),
          "",
          "",
          true);

  private final Map<String, Object> fields = new HashMap<>();

  @Test
  void nothingSentChangesNothing() {
    assertThat(changed(SERVER).definition()).isEqualTo(SERVER);
    assertThat(changed(SERVER).credentials().isEmpty()).isTrue();
    assertThat(changed(FILE).definition()).isEqualTo(FILE);
  }

  @Test
  void onlyWhatIsSentChanges() {
    fields.put("host", "[2001:db8::7]");
    fields.put("password", "battery staple");
    fields.put("max_rows", 7);
    fields.put("labels", Map.of("tier", "1"));
    fields.put("description", "");
    fields.put("is_active", false);

    assertThat(changed(SERVER).definition())
        .isEqualTo(
            new DatabaseDefinition(
                SERVER.id(),
                SCOPE,
                "ada",
                "Orders",
                new Target(
                    DatabaseType.POSTGRES,
                    "2001:db8::7",
                    6543,
                    "orders",
                    SslMode.VERIFY_FULL,
                    20,
                    40),
                new AccessPolicy(false, 7),
                Map.of("tier", "1"),
                "",
                "red",
                false));
  }

  @ParameterizedTest
  @CsvSource({"host, elsewhere.test", "port, 6544", "ssl_mode, require"})
  void aStoredPasswordIsNotSentWhereItWasNotMeantFor(String field, String value) {
    fields.put(field, field.equals("port") ? (Object) Integer.valueOf(value) : value);

    assertThat(fieldsOf(violations(SERVER))).containsExactly("password");
    fields.put("password", "correct horse");
    assertThat(changed(SERVER).credentials().isEmpty()).isFalse();
  }

  @Test
  void whatAClientRepeatsIsNoChange() {
    fields.put("type", "postgres");
    fields.put("ssl_mode", "");
    fields.put("port", 6543);
    fields.put("name", " Orders ");

    assertThat(changed(SERVER).definition()).isEqualTo(SERVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "sqlite", "oracle"})
  void theTypeStays(String type) {
    fields.put("type", type);

    assertThat(fieldsOf(violations(SERVER))).containsExactly("type");
  }

  @Test
  void everyViolationIsNamedAtOnce() {
    fields.putAll(
        Map.of(
            "name",
            "",
            "type",
            "mysql",
            "host",
            "",
            "port",
            0,
            "database",
            "a\u0000",
            "password",
            "",
            "max_rows",
            0,
            "color",
            "#",
            "labels",
            Map.of("tas.io/tenant", "x")));

    assertThat(fieldsOf(violations(SERVER)))
        .containsExactlyInAnyOrder(
            "name",
            "type",
            "host",
            "port",
            "database",
            "password",
            "max_rows",
            "color",
            "labels.tas.io/tenant");
  }

  @Test
  void aHalfOfTheCredentialsKeepsTheOther() {
    fields.put("password", "battery staple");

    Credentials now = changed(SERVER).credentials().onto(OLD);

    assertThat(now.username()).isEqualTo("reader");
    assertThat(now.password()).isEqualTo("battery staple");
  }

  @ParameterizedTest
  @CsvSource({"host, h", "username, u", "password, p", "ssl_mode, require"})
  void aFileHasNeitherHostNorLogin(String field, String value) {
    fields.put(field, value);

    assertThat(fieldsOf(violations(FILE))).containsExactly(field);
  }

  @Test
  void aFileHasNoPort() {
    fields.put("port", 5432);

    assertThat(fieldsOf(violations(FILE))).containsExactly("port");
  }

  @Test
  void aConnectionStringSaysWhereItLeadsAndLeavesTheRest() {
    fields.put("connection_string", "postgres://ada:p%40ss@db.example.com/sales");

    DatabaseRules.Changed changed = changed(SERVER);

    assertThat(changed.definition().target())
        .isEqualTo(
            new Target(
                DatabaseType.POSTGRES,
                "db.example.com",
                5432,
                "sales",
                SslMode.VERIFY_FULL,
                20,
                40));
    assertThat(changed.credentials().onto(OLD).password()).isEqualTo("p@ss");
    assertThat(changed.definition().policy()).isEqualTo(SERVER.policy());
  }

  @Test
  void aConnectionStringOfAnotherTypeIsRefusedWithoutQuotingIt() {
    fields.put("connection_string", "mysql://ada:hunter2@db.example.com/sales");

    assertThat(fieldsOf(violations(SERVER))).containsExactly("connection_string");
    assertThat(violations(SERVER).toString()).doesNotContain("hunter2");
  }

  @Test
  void aMalformedConnectionStringIsOneViolation() {
    fields.put("connection_string", "oracle://u:hunter2@h/d");

    assertThat(fieldsOf(violations(SERVER))).containsExactly("connection_string");
  }

  @Test
  void credentialsOnTheirOwnKeepTheSameRules() {
    assertThat(given(DatabaseType.POSTGRES, null, "battery staple").onto(OLD).username())
        .isEqualTo("reader");
    assertThat(refused(DatabaseType.POSTGRES, "", "a\u0000b"))
        .containsExactlyInAnyOrder("username", "password");
    assertThat(refused(DatabaseType.SQLITE, "u", "p"))
        .containsExactlyInAnyOrder("username", "password");
    assertThat(given(DatabaseType.SQLITE, "", null).isEmpty()).isTrue();
  }

  private static io.tas.dbhub.core.sealing.CredentialChange given(
      DatabaseType type, String username, String password) {
    return ((DatabaseRules.Given) DatabaseRules.forCredentials(type, username, password))
        .credentials();
  }

  private static List<String> refused(DatabaseType type, String username, String password) {
    return fieldsOf(
        ((DatabaseRules.Refused) DatabaseRules.forCredentials(type, username, password))
            .violations());
  }

  private DatabaseRules.Changed changed(DatabaseDefinition existing) {
    DatabaseRules.Outcome outcome = DatabaseRules.forUpdate(existing, draft());
    assertThat(outcome).isInstanceOf(DatabaseRules.Changed.class);
    return (DatabaseRules.Changed) outcome;
  }

  private List<Violation> violations(DatabaseDefinition existing) {
    DatabaseRules.Outcome outcome = DatabaseRules.forUpdate(existing, draft());
    assertThat(outcome).isInstanceOf(DatabaseRules.Refused.class);
    return ((DatabaseRules.Refused) outcome).violations();
  }

  private static List<String> fieldsOf(List<Violation> violations) {
    return violations.stream().map(Violation::field).toList();
  }

  private DatabaseDraft draft() {
    return DatabaseRulesTest.draft(fields);
  }
}
