package io.tas.dbhub.api.query;

import static io.tas.dbhub.core.model.DatabaseType.MARIADB;
import static io.tas.dbhub.core.model.DatabaseType.MYSQL;
import static io.tas.dbhub.core.model.DatabaseType.POSTGRES;
import static io.tas.dbhub.core.model.DatabaseType.SQLITE;
import static io.tas.dbhub.core.model.DatabaseType.SQLSERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.gate.SqlLexer;
import io.tas.dbhub.api.gate.SqlToken;
import io.tas.dbhub.api.gate.StatementParser;
import io.tas.dbhub.api.gate.UnclearSqlException;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Violation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterBinderTest {
  private static final StatementParser PARSER = new StatementParser(Duration.ofSeconds(20));
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private final ParameterBinder binder = new ParameterBinder(PARSER);

  @AfterAll
  static void close() {
    PARSER.close();
  }

  @ParameterizedTest
  @EnumSource(DatabaseType.class)
  void withoutParametersTheTextIsUntouched(DatabaseType type) {
    String sql = "SELECT  'a?' /* ? */ -- ?\n, \"?\"  FROM t ;";
    assertThat(binder.bind(sql, List.of(), type)).isSameAs(sql);
  }

  @Test
  void textsSurviveEveryModeOfTheServer() {
    assertThat(one("plain", POSTGRES)).isEqualTo("'plain'");
    assertThat(one("it's", POSTGRES)).isEqualTo("'it''s'");
    assertThat(one("a\\'b", POSTGRES)).isEqualTo("E'a\\\\''b'");
    assertThat(one("plain", MYSQL)).isEqualTo("'plain'");
    assertThat(one("it's", MYSQL)).isEqualTo("_utf8mb4 X'69742773'");
    assertThat(one("a\\", MARIADB)).isEqualTo("_utf8mb4 X'615c'");
    assertThat(one("ü", MARIADB)).isEqualTo("_utf8mb4 X'c3bc'");
    assertThat(one("it's\\", SQLITE)).isEqualTo("'it''s\\'");
    assertThat(one("it's", SQLSERVER)).isEqualTo("N'it''s'");
    assertThat(one("a\\\nb", SQLSERVER))
        .isEqualTo("(CONVERT(nvarchar(max), N'') + N'a\\' + N'\nb')");
  }

  @Test
  void numbersAreExactAndNeverBeginAComment() throws JsonProcessingException {
    assertThat(bind("SELECT a-? FROM t", POSTGRES, JSON.numberNode(-5)))
        .isEqualTo("SELECT a- (-5)  FROM t");
    assertThat(bind("SELECT ?", POSTGRES, JSON.numberNode(new BigDecimal("0.10"))))
        .isEqualTo("SELECT  0.10 ");
    assertThat(bind("SELECT ?", POSTGRES, JSON.numberNode(new BigDecimal("1e20"))))
        .isEqualTo("SELECT  100000000000000000000 ");
    JsonNode large =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readTree("12345678901234567890123456789.5");
    assertThat(bind("SELECT ?", SQLSERVER, large))
        .isEqualTo("SELECT  12345678901234567890123456789.5 ");
  }

  @Test
  void booleansAndNullAreThoseOfTheDialect() {
    assertThat(bind("SELECT ?, ?", POSTGRES, JSON.booleanNode(true), JSON.nullNode()))
        .isEqualTo("SELECT  TRUE ,  NULL ");
    assertThat(bind("SELECT ?", MYSQL, JSON.booleanNode(false))).isEqualTo("SELECT  FALSE ");
    assertThat(bind("SELECT ?", SQLSERVER, JSON.booleanNode(true))).isEqualTo("SELECT  1 ");
    assertThat(bind("SELECT ?", SQLITE, JSON.booleanNode(false))).isEqualTo("SELECT  0 ");
  }

  @Test
  void numberedPlaceholdersMayRepeatAndComeInAnyOrder() {
    assertThat(bind("SELECT $2, $1, $2 WHERE data ? 'k'", POSTGRES, text("a"), JSON.numberNode(7)))
        .isEqualTo("SELECT  7 ,  'a' ,  7  WHERE data ? 'k'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "SELECT '?' , ?                        → SELECT '?' ,  1 ",
        "SELECT \"?\" , ?                      → SELECT \"?\" ,  1 ",
        "SELECT /* ? */ ?                      → SELECT /* ? */  1 ",
        "SELECT $$?$$, ?                       → SELECT $$?$$,  1 ",
        "SELECT 1 FROM t WHERE a ?| ARRAY['x'] LIMIT ? → SELECT 1 FROM t WHERE a ?| ARRAY['x'] LIMIT  1 ",
        "SELECT ?||'x'                         → SELECT  1 ||'x'",
        "INSERT INTO t VALUES (?)              → INSERT INTO t VALUES ( 1 )",
        "UPDATE t SET a = ? WHERE b = 2        → UPDATE t SET a =  1  WHERE b = 2",
        "SELECT 1; SELECT ?                    → SELECT 1; SELECT  1 "
      })
  void onlyWhatTheTreeCallsAPlaceholderIsOne(String sql, String bound) {
    assertThat(bind(sql, POSTGRES, JSON.numberNode(1)).strip()).isEqualTo(bound.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "SELECT ?", "SELECT ?, ?, ?", "SELECT '?', ?"})
  void aWrongCountNamesTheParameters(String sql) {
    assertThat(violations(sql, MYSQL, JSON.numberNode(1), JSON.numberNode(2)))
        .extracting(Violation::field)
        .containsExactly("parameters");
  }

  @Test
  void missingParametersAreNamedToo() {
    assertThat(violations("SELECT ?", SQLITE)).extracting(Violation::field).contains("parameters");
    assertThat(violations("SELECT $1", POSTGRES)).hasSize(1);
  }

  @Test
  void everyWrongValueIsNamedByItsPlace() {
    assertThat(
            violations(
                "SELECT ?, ?, ?, ?, ?",
                POSTGRES,
                text("fine"),
                JSON.arrayNode(),
                JSON.objectNode(),
                text("nul\0"),
                JSON.numberNode(new BigDecimal("1e999999999"))))
        .extracting(Violation::field)
        .containsExactly("parameters[1]", "parameters[2]", "parameters[3]", "parameters[4]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a ? 'k' AND b = ?",
        "SELECT ?, $1",
        "SELECT $0",
        "SELECT DATE ?",
        "SELECT ? 'x'",
        "SELECT ? ?",
        "SELECT '\\'; ?",
        "this is no sql ?"
      })
  void whereThePlaceholderIsUnclearTheQueryIsAtFault(String sql) {
    int count = sql.contains("? ?") || sql.contains("AND") || sql.contains("?, $") ? 2 : 1;
    JsonNode[] values = new JsonNode[count];
    Arrays.fill(values, text("v"));
    assertThat(violations(sql, POSTGRES, values)).hasSize(1);
  }

  /** The rule of the class, for texts made of what breaks literals. */
  @ParameterizedTest
  @EnumSource(DatabaseType.class)
  void noValueChangesTheTree(DatabaseType type) throws UnclearSqlException {
    String[] pieces = {
      "'",
      "''",
      "\"",
      "`",
      "\\",
      "\\'",
      "--",
      "-- \n",
      "/*",
      "*/",
      "/*!",
      ";",
      "; DROP TABLE t",
      "$$",
      "$a$",
      "?",
      "$1",
      "#",
      "\n",
      "\r",
      "\\\n",
      "]",
      "[",
      "E'",
      "N'",
      "X'",
      "q'{",
      "}'",
      "ü",
      "日本",
      "😀",
      "\u2028",
      "\u00a0",
      "\uFF07",
      "%",
      "_",
      ")",
      "(",
      "x",
      " OR 1=1",
      "\t",
      "\u0001",
      "{",
      ":a",
      "@@b"
    };
    Random random = new Random(20_240_229);
    String sql = "SELECT a FROM t WHERE b = ? AND c IN (?, ?) ORDER BY d";
    String shape = shape(bind(sql, type, text("x"), text("x"), text("x")), type);
    for (int round = 0; round < 400; round++) {
      List<JsonNode> values = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        StringBuilder value = new StringBuilder();
        for (int n = random.nextInt(6); n >= 0; n--) {
          value.append(pieces[random.nextInt(pieces.length)]);
        }
        values.add(text(value.toString()));
      }
      String bound = binder.bind(sql, values, type);
      assertThat(shape(bound, type)).as(bound).isEqualTo(shape);
    }
  }

  /** The tree of a text with every text literal, and what stands for one, made the same. */
  private static String shape(String sql, DatabaseType type) throws UnclearSqlException {
    List<List<SqlToken>> statements = SqlLexer.read(sql, type).statements();
    assertThat(statements).hasSize(1);
    return PARSER
        .parse(statements)
        .get(0)
        .toString()
        .replaceAll("\\(CONVERT\\( nvarchar \\(MAX\\), 's' \\)( \\+ 's')+\\)", "'s'");
  }

  private String one(String value, DatabaseType type) {
    String bound = bind("SELECT ?", type, text(value));
    return bound.substring("SELECT  ".length(), bound.length() - 1);
  }

  private String bind(String sql, DatabaseType type, JsonNode... values) {
    return binder.bind(sql, List.of(values), type);
  }

  private List<Violation> violations(String sql, DatabaseType type, JsonNode... values) {
    List<Violation> found = new ArrayList<>();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> bind(sql, type, values))
        .satisfies(problem -> found.addAll(problem.violations()));
    return found;
  }

  private static JsonNode text(String value) {
    return JSON.textNode(value);
  }
}
