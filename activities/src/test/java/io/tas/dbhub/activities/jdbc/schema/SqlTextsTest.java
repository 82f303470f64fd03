package io.tas.dbhub.activities.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.schema.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlTextsTest {
  @Test
  void anOldServerIsNotAskedForWhatItDoesNotKnow() {
    SqlTexts postgres = new SqlTexts("postgres.sql");
    assertThat(postgres.text("columns", 9)).doesNotContain("attidentity", "relispartition", "@");
    assertThat(postgres.text("columns", 10)).contains("attidentity", "relispartition");
    assertThat(postgres.text("indexes", 10)).doesNotContain("indnkeyatts");
    SqlTexts mysql = new SqlTexts("mysql.sql");
    assertThat(mysql.text("indexes", 5)).doesNotContain("EXPRESSION");
    assertThat(mysql.text("indexes", 8)).contains("EXPRESSION");
  }

  @Test
  void oneTextStandsForAnother() {
    assertThat(new SqlTexts("sqlite.sql").text("tables"))
        .contains("pragma_table_list")
        .doesNotContain("{");
  }

  /** There is no SQL Server to ask; what can be told without one is told here. */
  @ParameterizedTest
  @ValueSource(strings = {"tables", "columns", "constraints", "indexes"})
  void sqlServerIsAskedOnceForEachKindAndNotForItsOwn(String kind) {
    String sql = new SqlTexts("sqlserver.sql").text(kind);
    assertThat(sql).startsWith("SELECT s.name, o.name,").contains("is_ms_shipped = 0");
    assertThat(sql.chars().filter(c -> c == '(').count())
        .isEqualTo(sql.chars().filter(c -> c == ')').count());
  }

  @ParameterizedTest
  @CsvSource({
    "bit,BOOLEAN",
    "bigint,INTEGER",
    "money,DECIMAL",
    "nvarchar,TEXT",
    "rowversion,BINARY",
    "datetime2,TIMESTAMP",
    "datetimeoffset,TIMESTAMP_TZ",
    "uniqueidentifier,UUID",
    "geography,GEOMETRY",
    "sql_variant,OTHER"
  })
  void sqlServersTypesAreSaidAsOneSaysThemOfEveryEngine(String type, ColumnType normalized) {
    assertThat(new SqlServerCatalog().normalized(type)).isEqualTo(normalized);
  }

  @ParameterizedTest
  @CsvSource({"json,JSON", "int unsigned,INTEGER", "tinyint(1),BOOLEAN", "geomcollection,GEOMETRY"})
  void mySqlsTypesAreSaidAsOneSaysThemOfEveryEngine(String type, ColumnType normalized) {
    assertThat(new MySqlCatalog(false).normalized(type)).isEqualTo(normalized);
  }
}
