package io.tas.dbhub.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseRulesTest {
  private final Map<String, Object> fields =
      new HashMap<>(
          Map.of(
              "name", "Orders",
              "type", "postgres",
              "host", "db.example.com",
              "database", "orders",
              "username", "reader",
              "password", "correct horse"));

  @Test
  void whatIsNotSaidHasADefault() {
    DatabaseRules.Accepted accepted = accepted();

    assertThat(accepted.target())
        .isEqualTo(
            new Target(
                DatabaseType.POSTGRES, "db.example.com", 5432, "orders", SslMode.REQUIRE, 30, 15));
    assertThat(accepted.policy()).isEqualTo(new AccessPolicy(true, 1000));
    assertThat(accepted.active()).isTrue();
    assertThat(accepted.labels()).isEmpty();
    assertThat(accepted.description()).isEmpty();
    assertThat(accepted.credentials().password()).isEqualTo("correct horse");
  }

  @Test
  void nothingSentBreaksEveryRuleThatNeedsAField() {
    fields.clear();

    assertThat(fieldsOf(violations())).containsExactlyInAnyOrder("name", "type");
    fields.put("type", "mysql");
    assertThat(fieldsOf(violations()))
        .containsExactlyInAnyOrder("name", "host", "database", "username", "password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Bestellungen für Köln", "注文", "  trimmed  ", "100% %00", "🐘"})
  void printableNamesAreFine(String name) {
    fields.put("name", name);

    assertThat(accepted().name()).isEqualTo(name.strip());
  }

  @Test
  void namesThatLookTheSameAreTheSame() {
    fields.put("name", "Cafe\u0301");

    assertThat(accepted().name()).isEqualTo("Caf\u00e9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "a\u0000b",
        "a\nb",
        "a\u202eb",
        "a\u200bb",
        "a\u2066b",
        "a\u2028b",
        "a\ud800b",
        "a\u001b[31mb",
        "\ue000"
      })
  void aNameNobodyCanReadIsRefused(String name) {
    fields.put("name", name);

    assertThat(fieldsOf(violations())).containsOnly("name");
  }

  @Test
  void aNameHas255CharactersHoweverTheyAreEncoded() {
    fields.put("name", "🐘".repeat(255));
    assertThat(accepted().name()).hasSize(510);

    fields.put("name", "🐘".repeat(256));
    assertThat(fieldsOf(violations())).containsExactly("name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "db-1.example.com",
        "10.0.0.1",
        "::1",
        "2001:db8::7",
        "::ffff:10.0.0.1",
        "1:2:3:4:5:6:7:8",
        "xn--kln-sna.example",
        "1password.example"
      })
  void hostnamesAndAddressesAreFine(String host) {
    fields.put("host", host);

    assertThat(accepted().target().host()).isEqualTo(host);
  }

  @Test
  void anAddressMayWearItsBrackets() {
    fields.put("host", "[2001:db8::7]");

    assertThat(accepted().target().host()).isEqualTo("2001:db8::7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-a",
        "a_b",
        "a..b",
        "a b",
        "a/b",
        "h:1",
        "256.1.1.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "10.0.0.01",
        "fe80::1%eth0",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        ":::",
        "10.0.0.1::",
        "a,b",
        "u@h",
        "köln.example",
        "h\u0000",
        "h?a=b",
        "h#"
      })
  void whatIsNoHostIsRefused(String host) {
    fields.put("host", host);

    assertThat(fieldsOf(violations())).containsExactly("host");
  }

  @ParameterizedTest
  @CsvSource({
    "port, 0",
    "port, 65536",
    "max_rows, 0",
    "max_rows, 100001",
    "connection_timeout, 0",
    "connection_timeout, 301",
    "query_timeout, -1",
    "query_timeout, 3601"
  })
  void numbersStayInTheirRange(String field, int value) {
    fields.put(field, value);

    assertThat(fieldsOf(violations())).containsExactly(field);
  }

  @ParameterizedTest
  @CsvSource({
    "type, oracle",
    "type, Postgres",
    "ssl_mode, prefer",
    "color, red;",
    "color, #12",
    "database, ' '"
  })
  void wordsAreOfTheirList(String field, String value) {
    fields.put(field, value);

    assertThat(fieldsOf(violations())).containsExactly(field);
  }

  @Test
  void credentialsAreNeverRepeated() {
    fields.put("username", "evil\u0000user");
    fields.put("password", "hunter2\r\n");

    List<Violation> violations = violations();

    assertThat(fieldsOf(violations)).containsExactlyInAnyOrder("username", "password");
    assertThat(violations.toString()).doesNotContain("hunter2").doesNotContain("evil");
    assertThat(draft().toString()).doesNotContain("hunter2");
  }

  @Test
  void aDescriptionHasLinesButNoTricks() {
    fields.put("description", "one\ntwo\tthree");
    assertThat(accepted().description()).isEqualTo("one\ntwo\tthree");

    fields.put("description", "x".repeat(1001));
    assertThat(fieldsOf(violations())).containsExactly("description");
    fields.put("description", "a\u202eb");
    assertThat(fieldsOf(violations())).containsExactly("description");
  }

  @Test
  void aFileHasNeitherHostNorLogin() {
    fields.keySet().retainAll(List.of("name"));
    fields.put("type", "sqlite");
    fields.put("database", "data/orders.db");

    assertThat(accepted().target())
        .isEqualTo(
            new Target(DatabaseType.SQLITE, "", 0, "data/orders.db", SslMode.DISABLE, 30, 15));

    fields.putAll(
        Map.of("host", "h", "port", 1, "username", "u", "password", "p", "ssl_mode", "require"));
    assertThat(fieldsOf(violations()))
        .containsExactlyInAnyOrder("host", "port", "username", "password", "ssl_mode");
  }

  @Test
  void whatAClientCannotLeaveOutIsNotHeldAgainstAFile() {
    fields.putAll(
        Map.of(
            "type",
            "sqlite",
            "host",
            "",
            "port",
            0,
            "username",
            "",
            "password",
            "",
            "ssl_mode",
            ""));

    assertThat(accepted().target().host()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x.db", "a/../../x", "a\\..\\x", "file:x.db?mode=rw", "FILE:x", ":memory:"})
  void aFileStaysInItsFolder(String path) {
    fields.keySet().retainAll(List.of("name"));
    fields.putAll(Map.of("type", "sqlite", "database", path));

    assertThat(fieldsOf(violations())).containsExactly("database");
  }

  @Test
  void goodLabelsAreKept() {
    Map<String, String> labels =
        Map.of("team", "sales", "example.com/tier", "1", "a_b.c-d", "", "mytas.io/x", "y");
    fields.put("labels", labels);

    assertThat(accepted().labels()).isEqualTo(labels);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes.io/x",
        "app.kubernetes.io/managed-by",
        "k8s.io/x",
        "a.k8s.io/x",
        "tas.io/tenant",
        "dbhub.tas.io/database-id",
        "a.dbhub.tas.io/x"
      })
  void reservedLabelsAreRefused(String key) {
    fields.put("labels", Map.of(key, "v"));

    assertThat(fieldsOf(violations())).containsExactly("labels." + key);
  }

  @ParameterizedTest
  @CsvSource({
    "'', v",
    "-a, v",
    "a/b/c, v",
    "/a, v",
    "A.com/b, v",
    "a., v",
    "k, 'a b'",
    "k, -v",
    "k, 'ä'"
  })
  void badLabelsAreRefused(String key, String value) {
    fields.put("labels", Map.of(key, value));

    assertThat(violations()).hasSize(1);
  }

  @Test
  void lengthsOfLabelsAreThoseOfKubernetes() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("k".repeat(63), "v".repeat(63));
    fields.put("labels", labels);
    assertThat(accepted().labels()).hasSize(1);

    labels.put("l".repeat(64), "");
    labels.put("m", "v".repeat(64));
    assertThat(violations()).hasSize(2);
  }

  @Test
  void aTestNeedsNoName() {
    fields.remove("name");

    assertThat(DatabaseRules.forTest(draft())).isInstanceOf(DatabaseRules.Accepted.class);
    assertThat(fieldsOf(violations())).containsExactly("name");
  }

  @Test
  void aConnectionMayBeMadeInactive() {
    fields.put("is_active", false);

    assertThat(accepted().active()).isFalse();
  }

  @Test
  void aConnectionStringStandsForTheFields() {
    fields.keySet().retainAll(List.of("name"));
    fields.put("connection_string", "postgresql://ada:p%40ss@[::1]:6543/or%20ders?sslmode=disable");

    DatabaseRules.Accepted accepted = accepted();

    assertThat(accepted.target())
        .isEqualTo(
            new Target(DatabaseType.POSTGRES, "::1", 6543, "or ders", SslMode.DISABLE, 30, 15));
    assertThat(accepted.credentials().username()).isEqualTo("ada");
    assertThat(accepted.credentials().password()).isEqualTo("p@ss");
  }

  @Test
  void aFieldThatContradictsTheConnectionStringIsNamed() {
    fields.put("connection_string", "mysql://reader:other@db.example.com:3307/orders");
    fields.put("port", 3306);

    List<Violation> violations = violations();

    assertThat(fieldsOf(violations)).containsExactlyInAnyOrder("type", "port", "password");
    assertThat(violations.toString()).doesNotContain("other").doesNotContain("horse");
  }

  @Test
  void aRuleThatThePartsBreakNamesTheConnectionString() {
    fields.keySet().retainAll(List.of("name"));
    fields.put("connection_string", "postgres://u%00:p@bad_host:99999/d%00?sslmode=prefer");

    assertThat(fieldsOf(violations())).hasSize(5).containsOnly("connection_string");
  }

  @Test
  void aMalformedConnectionStringIsOneViolation() {
    fields.keySet().retainAll(List.of("name"));
    fields.put("connection_string", "oracle://u:hunter2@h/d");

    List<Violation> violations = violations();

    assertThat(fieldsOf(violations)).containsExactly("connection_string");
    assertThat(violations.toString()).doesNotContain("hunter2");
  }

  private DatabaseRules.Accepted accepted() {
    DatabaseRules.Outcome outcome = DatabaseRules.forCreation(draft());
    assertThat(outcome).isInstanceOf(DatabaseRules.Accepted.class);
    return (DatabaseRules.Accepted) outcome;
  }

  private List<Violation> violations() {
    DatabaseRules.Outcome outcome = DatabaseRules.forCreation(draft());
    assertThat(outcome).isInstanceOf(DatabaseRules.Refused.class);
    return ((DatabaseRules.Refused) outcome).violations();
  }

  private static List<String> fieldsOf(List<Violation> violations) {
    return violations.stream().map(Violation::field).toList();
  }

  private DatabaseDraft draft() {
    return draft(fields);
  }

  @SuppressWarnings("unchecked")
  static DatabaseDraft draft(Map<String, Object> fields) {
    return new DatabaseDraft(
        (String) fields.get("name"),
        (String) fields.get("type"),
        (String) fields.get("host"),
        (Integer) fields.get("port"),
        (String) fields.get("database"),
        (String) fields.get("username"),
        (String) fields.get("password"),
        (String) fields.get("connection_string"),
        (String) fields.get("ssl_mode"),
        (Boolean) fields.get("readonly"),
        (Integer) fields.get("max_rows"),
        (Integer) fields.get("connection_timeout"),
        (Integer) fields.get("query_timeout"),
        (Map<String, String>) fields.get("labels"),
        (String) fields.get("description"),
        (String) fields.get("color"),
        (Boolean) fields.get("is_active"));
  }
}
