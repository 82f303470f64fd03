package io.tas.dbhub.api.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.model.DatabaseType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadOnlyGateTest {
  private static final ReadOnlyGate GATE = new ReadOnlyGate();

  @AfterAll
  static void close() {
    GATE.close();
  }

  static Stream<Arguments> reads() throws IOException {
    return corpus("reads.txt");
  }

  static Stream<Arguments> hostile() throws IOException {
    return corpus("hostile.txt");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("reads")
  void aReadIsAllowed(DatabaseType type, String sql) {
    assertThat(GATE.check(sql, type)).isEqualTo(new ReadOnlyVerdict.Allowed());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("hostile")
  void whatIsNotSurelyAReadIsRefused(DatabaseType type, String sql) {
    assertThat(GATE.check(sql, type)).isInstanceOf(ReadOnlyVerdict.Refused.class);
  }

  @Test
  void aRefusalSaysWhyAndWhatToDo() {
    ReadOnlyVerdict verdict = GATE.check("SELECT nextval('s')", DatabaseType.POSTGRES);
    assertThat(verdict)
        .isInstanceOfSatisfying(
            ReadOnlyVerdict.Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("nextval()");
              assertThat(refused.suggestion()).contains("read-only");
            });
  }

  @Test
  void aTextThatIsTooLongIsRefusedUnread() {
    String sql = "SELECT '" + "x".repeat(SqlLexer.MAX_LENGTH) + "'";
    assertThat(GATE.check(sql, DatabaseType.POSTGRES))
        .isInstanceOfSatisfying(
            ReadOnlyVerdict.Refused.class, r -> assertThat(r.reason()).contains("longer"));
  }

  static Stream<String> intricate() {
    return Stream.of(
        "SELECT " + "(".repeat(39) + "1" + ")".repeat(39),
        "SELECT " + "((a,b) = (".repeat(19) + "1" + "))".repeat(19),
        "SELECT (" + "SELECT (".repeat(38) + "1" + ")".repeat(39),
        "SELECT " + "coalesce(a, (".repeat(19) + "1" + "))".repeat(19) + " FROM t",
        "SELECT " + "- ".repeat(19_000) + "1",
        "SELECT 1 WHERE a IN (" + "1,".repeat(40_000) + "1)",
        "SELECT 1 WHERE a IN (" + "1,".repeat(9_000) + " FROM)",
        "SELECT 1 " + "UNION SELECT 1 ".repeat(6_000),
        "SELECT 1;".repeat(5_000));
  }

  @ParameterizedTest
  @MethodSource("intricate")
  void aTextThatKeepsTheParserBusyEndsInAVerdictAndLeavesTheParserFree(String sql) {
    assertThat(GATE.check(sql, DatabaseType.POSTGRES)).isNotNull();
    await()
        .untilAsserted(
            () ->
                assertThat(GATE.check("SELECT 1", DatabaseType.POSTGRES))
                    .isEqualTo(new ReadOnlyVerdict.Allowed()));
  }

  private static Stream<Arguments> corpus(String name) throws IOException {
    try (InputStream in = ReadOnlyGateTest.class.getResourceAsStream(name)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).flatMap(ReadOnlyGateTest::cases);
    }
  }

  private static Stream<Arguments> cases(String line) {
    int colon = line.indexOf(':');
    String dialect = line.substring(0, colon);
    String sql = line.substring(Math.min(colon + 2, line.length())).replace('⏎', '\n');
    return Stream.of(DatabaseType.values())
        .filter(type -> dialect.equals("*") || dialect.equals(type.wireName()))
        .map(type -> Arguments.of(type, sql));
  }
}
