package io.tas.dbhub.gate.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.query.StatementOrder;
import io.tas.dbhub.gate.order.Statements.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {
  @Test
  void severalStatementsAreCutApartWithTheUsersTextUntouched() throws RefusedQueryException {
    assertThat(
            texts(
                " SELECT  'a;b' -- ;x\n + 1 ; ;\n/* ; */ UPDATE t\tSET a=1 ;",
                DatabaseType.POSTGRES))
        .containsExactly("SELECT  'a;b' -- ;x\n + 1", "UPDATE t\tSET a=1");
  }

  @Test
  void oneStatementGoesAsItWasWritten() throws RefusedQueryException {
    String sql = "\n /* why */ SELECT 1 ; -- done";
    assertThat(texts(sql, DatabaseType.MARIADB)).containsExactly(sql);
  }

  @Test
  void questionMarksAreCutOutWhereTheyArePlaceholders() throws RefusedQueryException {
    StatementOrder order = only("SELECT ?, '?', `?` -- ?\n, ?", DatabaseType.MYSQL, "a", "b");
    assertThat(order.fragments()).containsExactly("SELECT ", ", '?', `?` -- ?\n, ", "");
    assertThat(order.values()).containsExactly(text("a"), text("b"));
  }

  @Test
  void aNumberedPlaceholderCanNameAValueTwice() throws RefusedQueryException {
    StatementOrder order = only("SELECT $2, $1, $2", DatabaseType.POSTGRES, "a", "b");
    assertThat(order.fragments()).containsExactly("SELECT ", ", ", ", ", "");
    assertThat(order.values()).containsExactly(text("b"), text("a"), text("b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT j ? 'k' FROM t WHERE a = $1",
        "SELECT j ?| k, j ?& k FROM t WHERE a = ?",
        "SELECT j ? 'k' FROM t WHERE a = ?"
      })
  void postgresHasOperatorsWithAQuestionMark(String sql) throws RefusedQueryException {
    assertThat(only(sql, DatabaseType.POSTGRES, "v").fragments())
        .containsExactly(sql.substring(0, sql.indexOf("= ") + 2), "");
  }

  @Test
  void valuesAreDealtOutOverAllStatements() throws RefusedQueryException {
    Statements statements =
        Statements.of("SELECT ?; SELECT 2; SELECT ?, ?", values("a", "b", "c"), DatabaseType.MYSQL);
    assertThat(statements.orders())
        .extracting(order -> order.values().size())
        .containsExactly(1, 0, 2);
    assertThat(statements.parts().get(2).parameters()).containsExactly(1, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT ?, ?                | 1 | the query has 2 placeholders, but there are 1 parameters",
        "SELECT 1                   | 1 | the query has 0 placeholders, but there are 1 parameters",
        "SELECT ?; SELECT ?         | 3 | the query has 2 placeholders, but there are 3 parameters",
        "/* nothing */              | 1 | the query has 0 placeholders, but there are 1 parameters"
      })
  void aWrongNumberOfParametersIsTold(String sql, int count, String message) {
    assertThat(violations(sql, DatabaseType.MARIADB, count))
        .containsExactly(new Violation("parameters", message));
  }

  @Test
  void numberedPlaceholdersCountFromOne() {
    assertThat(violations("SELECT $3", DatabaseType.POSTGRES, 2))
        .extracting(Violation::message)
        .containsExactly("the query has 3 placeholders, but there are 2 parameters");
    for (String number : List.of("$0", "$99999999999999999999")) {
      assertThat(violations("SELECT " + number, DatabaseType.POSTGRES, 1))
          .extracting(Violation::field)
          .containsExactly("query");
    }
  }

  @Test
  void anUnclearTextGoesWholeButNoValueGoesWithIt() throws RefusedQueryException {
    String sql = "SELECT 'open; SELECT ?";
    assertThat(texts(sql, DatabaseType.POSTGRES)).containsExactly(sql);
    assertThat(violations(sql, DatabaseType.POSTGRES, 1))
        .extracting(Violation::field)
        .containsExactly("query");
  }

  @Test
  void aBatchOfSqlServerIsOneStatementWithItsVariables() throws RefusedQueryException {
    String sql = "DECLARE @x int = 1; SELECT @x;";
    assertThat(texts(sql, DatabaseType.SQLSERVER)).containsExactly(sql);
    assertThat(
            only("DECLARE @x int = ?; SELECT @x, ?", DatabaseType.SQLSERVER, "a", "b").fragments())
        .containsExactly("DECLARE @x int = ", "; SELECT @x, ", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MARIADB  | CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END",
        "MARIADB  | BEGIN NOT ATOMIC SELECT 1; SELECT 2; END",
        "MARIADB  | IF 1 THEN SELECT 1; SELECT 2; END IF",
        "POSTGRES | CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3",
        "SQLITE   | CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u; DELETE FROM v; END"
      })
  void aDefinitionWithABodyIsNotCutApart(DatabaseType type, String sql)
      throws RefusedQueryException {
    assertThat(texts(sql, type)).containsExactly(sql);
  }

  @Test
  void whatComesBeforeADefinitionWithABodyIsCutOff() throws RefusedQueryException {
    String trigger = "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM u; SELECT 1; END";
    assertThat(texts("SELECT 1; " + trigger, DatabaseType.SQLITE))
        .containsExactly("SELECT 1", trigger);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POSTGRES | BEGIN; SELECT 1; COMMIT",
        "POSTGRES | CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ a; b $$; SELECT 1; SELECT 2",
        "MYSQL    | CREATE TABLE begins (a int); SELECT `begin`; SELECT 2"
      })
  void whatHoldsNoStatementsIsCutApart(DatabaseType type, String sql) throws RefusedQueryException {
    assertThat(texts(sql, type)).hasSize(3);
  }

  @Test
  void aPositionIsFoundInTheUsersText() throws RefusedQueryException {
    String sql = "SELECT 1; SELECT '\uD83D\uDE00', $10, nope";
    List<JsonNode> values = IntStream.range(0, 10).<JsonNode>mapToObj(IntNode::valueOf).toList();
    Part second = Statements.of(sql, values, DatabaseType.POSTGRES).parts().get(1);
    assertThat(second.offset(1, sql)).isEqualTo(sql.indexOf("SELECT '"));
    // To the target it is: SELECT 'x', ?, nope
    assertThat(second.offset(13, sql)).isEqualTo(sql.indexOf("$10"));
    assertThat(second.offset(14, sql)).isEqualTo(sql.indexOf(", nope"));
    assertThat(second.offset(16, sql)).isEqualTo(sql.indexOf("nope"));
    assertThat(second.offset(1_000, sql)).isEqualTo(sql.length());
  }

  /** Whatever is written around them: only placeholders go, and only values come in their place. */
  @ParameterizedTest
  @EnumSource(DatabaseType.class)
  void textAndValuesNeverMix(DatabaseType type) throws RefusedQueryException {
    Random random = new Random(20_260_505);
    for (int round = 0; round < 500; round++) {
      RandomText text = RandomText.of(type, random);
      String sql = text.sql();
      if (text.parameters().isEmpty()) {
        continue;
      }
      Statements statements = Statements.of(sql, text.parameters(), type);
      List<String> restored = new ArrayList<>();
      for (Part part : statements.parts()) {
        assertThat(part.order().fragments()).noneMatch(piece -> piece.contains(RandomText.MARK));
        restored.add(restored(part, text));
        checkOffsets(part, sql);
      }
      assertThat(restored).as(sql).containsExactlyElementsOf(text.statements());
    }
  }

  private static String restored(Part part, RandomText text) {
    StringBuilder sql = new StringBuilder(part.order().fragments().get(0));
    for (int i = 0; i < part.placeholders().size(); i++) {
      int parameter = part.parameters().get(i);
      String placeholder = text.numbered() ? "$" + (parameter + 1) : "?";
      assertThat(part.placeholders().get(i)).isEqualTo(placeholder.length());
      assertThat(part.order().values().get(i)).isEqualTo(text.parameters().get(parameter));
      sql.append(placeholder).append(part.order().fragments().get(i + 1));
    }
    return sql.toString();
  }

  private static void checkOffsets(Part part, String sql) {
    int at = part.start();
    int position = 1;
    for (int i = 0; i < part.order().fragments().size(); i++) {
      String fragment = part.order().fragments().get(i);
      for (int c = 0; c < fragment.length(); c += Character.charCount(fragment.codePointAt(c))) {
        assertThat(part.offset(position++, sql)).isEqualTo(at + c);
      }
      at += fragment.length();
      if (i < part.placeholders().size()) {
        assertThat(part.offset(position++, sql)).isEqualTo(at);
        at += part.placeholders().get(i);
      }
    }
  }

  private static List<String> texts(String sql, DatabaseType type) throws RefusedQueryException {
    return Statements.of(sql, List.of(), type).orders().stream()
        .map(order -> String.join("<value>", order.fragments()))
        .toList();
  }

  private static StatementOrder only(String sql, DatabaseType type, String... values)
      throws RefusedQueryException {
    List<StatementOrder> orders = Statements.of(sql, values(values), type).orders();
    assertThat(orders).hasSize(1);
    return orders.get(0);
  }

  private static List<Violation> violations(String sql, DatabaseType type, int parameters) {
    List<JsonNode> values = java.util.Collections.nCopies(parameters, text("v"));
    RefusedQueryException problem =
        catchThrowableOfType(RefusedQueryException.class, () -> Statements.of(sql, values, type));
    assertThat(problem.type()).isEqualTo(FailureType.INVALID);
    return problem.violations();
  }

  private static List<JsonNode> values(String... values) {
    return java.util.Arrays.stream(values).map(StatementsTest::text).toList();
  }

  private static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }
}
