package io.tas.dbhub.api.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.gate.SqlStatement.Placeholder;
import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTextTest {
  private static List<SqlStatement> split(String sql, DatabaseType type) throws Exception {
    return SqlLexer.read(sql, type).split();
  }

  private static List<Integer> parameters(SqlStatement statement) {
    return statement.placeholders().stream().map(Placeholder::parameter).toList();
  }

  @Test
  void eachStatementIsTheTextBetweenTheSemicolons() throws Exception {
    String sql = " -- a\n SELECT ';' AS x ; ; /* b */ SELECT 2 -- c";
    List<SqlStatement> split = split(sql, DatabaseType.POSTGRES);
    assertThat(split).extracting(SqlStatement::text).containsExactly("SELECT ';' AS x", "SELECT 2");
    assertThat(split)
        .allSatisfy(s -> assertThat(sql.substring(s.start(), s.end())).isEqualTo(s.text()));
    assertThat(split).extracting(SqlStatement::command).containsOnly("select");
  }

  @Test
  void questionMarksAreCountedOverAllStatements() throws Exception {
    List<SqlStatement> split =
        split("SELECT ?, '?' -- ?\n; SELECT \"?\", ? /* ? */, ?", DatabaseType.MYSQL);
    assertThat(split)
        .extracting(SqlTextTest::parameters)
        .containsExactly(List.of(0), List.of(1, 2));
    assertThat(split.get(0).placeholders()).containsExactly(new Placeholder(7, 8, 0));
  }

  @Test
  void numberedPlaceholdersNameTheirParameter() throws Exception {
    SqlStatement statement = split("SELECT $2, $1, $2, d ? 'a'", DatabaseType.POSTGRES).get(0);
    assertThat(parameters(statement)).containsExactly(1, 0, 1);
    assertThat(statement.jdbc()).isEqualTo("SELECT ?, ?, ?, d ?? 'a'");
  }

  @Test
  void betweenTwoValuesPostgresqlHasAnOperator() throws Exception {
    SqlStatement statement =
        split(
                "SELECT d ? 'a', d ?| ?, (d) ? ?, 'a' ? ? FROM t WHERE ? = a AND b @? ? LIMIT ?",
                DatabaseType.POSTGRES)
            .get(0);
    assertThat(statement.jdbc())
        .isEqualTo(
            "SELECT d ?? 'a', d ??| ?, (d) ?? ?, 'a' ?? ? FROM t WHERE ? = a AND b @?? ? LIMIT ?");
    assertThat(parameters(statement)).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void aNumberThatIsTooLongNamesNoParameter() throws Exception {
    assertThat(parameters(split("SELECT $99999999999", DatabaseType.POSTGRES).get(0)))
        .containsExactly(Integer.MAX_VALUE);
  }

  @Test
  void aDefinitionWithABodyIsOneStatement() throws Exception {
    String trigger = "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u; SELECT 1; END;";
    assertThat(split("SELECT 1; " + trigger, DatabaseType.SQLITE))
        .extracting(SqlStatement::text)
        .containsExactly("SELECT 1", trigger);
    assertThat(split("DECLARE @a int = 1; SELECT @a", DatabaseType.SQLSERVER)).hasSize(1);
    assertThat(split("BEGIN; SELECT 1; COMMIT", DatabaseType.POSTGRES)).hasSize(3);
    assertThat(split("CREATE FUNCTION f() AS $$ a; b $$; SELECT 1", DatabaseType.POSTGRES))
        .hasSize(2);
  }
}
