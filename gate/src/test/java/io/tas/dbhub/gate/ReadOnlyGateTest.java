package io.tas.dbhub.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.gate.ReadOnlyVerdict.Allowed;
import io.tas.dbhub.gate.ReadOnlyVerdict.Refused;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReadOnlyGateTest {
  private static final ReadOnlyGate GATE = new ReadOnlyGate();

  static List<Corpus.Entry> reads() {
    return Corpus.reads();
  }

  static List<Corpus.Entry> writes() {
    return Corpus.writes();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reads")
  void aReadIsAllowed(Corpus.Entry read) {
    assertThat(GATE.check(read.sql(), read.type())).as("%s", read).isEqualTo(new Allowed());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("writes")
  void whatIsNotSurelyAReadIsRefused(Corpus.Entry write) {
    assertThat(GATE.check(write.sql(), write.type())).as("%s", write).isInstanceOf(Refused.class);
  }

  @Test
  void theCorpusIsLarge() {
    assertThat(Corpus.reads()).hasSizeGreaterThan(300);
    assertThat(Corpus.writes()).hasSizeGreaterThan(300);
  }

  @Test
  void aRefusalNamesTheWordItsPlaceAndWhatToDo() {
    assertThat(GATE.check("SELECT 1,\n  nextval('s')", DatabaseType.POSTGRES))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("nextval()").contains("line 2, column 3");
              assertThat(refused.suggestion()).contains("read-only");
            });
    assertThat(GATE.check("SELECT mine(1)", DatabaseType.POSTGRES))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).contains("mine()");
              assertThat(refused.suggestion()).contains("Functions of your own can write");
            });
  }

  @Test
  void aTextThatIsTooLongIsRefusedUnread() {
    String sql = "SELECT '" + "x".repeat(SqlLexer.MAX_LENGTH) + "'";
    assertThat(GATE.check(sql, DatabaseType.POSTGRES))
        .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.reason()).contains("longer"));
  }

  @Test
  void aTextThatIsNestedTooDeeplyIsRefused() {
    String sql = "SELECT " + "(".repeat(201) + "1" + ")".repeat(201);
    assertThat(GATE.check(sql, DatabaseType.POSTGRES)).isInstanceOf(Refused.class);
  }

  static Stream<String> intricate() {
    return Stream.of(
        "SELECT " + "(".repeat(50_000) + "1",
        "SELECT " + "CASE WHEN a THEN ".repeat(5_000) + "1" + " END".repeat(5_000),
        "SELECT " + "coalesce(a, (".repeat(7_000),
        "SELECT " + "- ".repeat(45_000) + "1",
        "SELECT 1 WHERE a IN (" + "1,".repeat(45_000) + "1)",
        "WITH " + "a(".repeat(45_000),
        "WITH a(" + "a,".repeat(45_000),
        "SELECT " + ", f(a".repeat(15_000),
        "SELECT " + "'a' ".repeat(20_000),
        "SELECT " + "E'a'\n'\\' ".repeat(9_000),
        "SELECT " + "? ".repeat(45_000),
        "SELECT " + "/*".repeat(45_000),
        "SELECT " + "'\\' ".repeat(20_000),
        "SELECT " + "'\\';".repeat(15_000),
        "SELECT 1;".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("intricate")
  void noTextKeepsItBusy(String sql) {
    for (DatabaseType type : DatabaseType.values()) {
      assertThat(GATE.check(sql, type)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(DatabaseType.class)
  void everyBeginningOfATextHasAVerdict(DatabaseType type) {
    for (Corpus.Entry entry : Corpus.writes()) {
      for (int end = 0; end <= entry.sql().length(); end++) {
        assertThat(GATE.check(entry.sql().substring(0, end), type)).isNotNull();
      }
    }
  }
}
