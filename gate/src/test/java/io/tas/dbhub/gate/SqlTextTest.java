package io.tas.dbhub.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTextTest {
  /** Of a text of one statement, with what comes after each placeholder up to the next. */
  private static List<String> cut(String sql, DatabaseType type) throws Exception {
    SqlText text = SqlLexer.read(sql, type);
    return text.placeholders(text.tokens()).stream()
        .map(token -> sql.substring(token.start()).split(" ", 3)[1])
        .toList();
  }

  @Test
  void eachStatementIsTheTextBetweenTheSemicolons() throws Exception {
    SqlText text =
        SqlLexer.read(" -- a\n SELECT ';' AS x ; ; /* b */ SELECT 2 -- c", DatabaseType.POSTGRES);
    assertThat(text.statements())
        .extracting(text::text)
        .containsExactly("SELECT ';' AS x", "SELECT 2");
  }

  @Test
  void aQuestionMarkInQuotesOrACommentIsNoPlaceholder() throws Exception {
    assertThat(cut("SELECT ? AS a, '?' -- ?\n, \"?\", ? /* ? */ , ? END", DatabaseType.MYSQL))
        .containsExactly("AS", "/*", "END");
  }

  @Test
  void betweenTwoValuesPostgresqlHasAnOperator() throws Exception {
    assertThat(
            cut(
                "SELECT d ? 'a', d ?| ? AND (d) ? ? OR 'a' ? ? FROM t WHERE ? = a AND b @? ? LIMIT ? END",
                DatabaseType.POSTGRES))
        .containsExactly("AND", "OR", "FROM", "=", "LIMIT", "END");
  }

  @Test
  void besideNumberedPlaceholdersEveryQuestionMarkIsAnOperator() throws Exception {
    assertThat(cut("SELECT $2 AS a, d ? 'a', $1 END", DatabaseType.POSTGRES))
        .containsExactly("AS", "END");
  }
}
