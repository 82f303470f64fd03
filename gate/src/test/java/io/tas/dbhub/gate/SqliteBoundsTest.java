package io.tas.dbhub.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteBoundsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ATTACH '/other.db' AS o",
        "SELECT 1; /* x */ aTTach /* y */ DATABASE '/other.db' AS o",
        "EXPLAIN ATTACH '/other.db' AS o",
        "DETACH o",
        "VACUUM INTO '/other.db'",
        "VACUUM main -- x\n INTO '/other.db'",
        "SELECT load_extension('/x.so')",
        "INSERT INTO t SELECT \"load_extension\" /* x */ ('/x.so')",
        "SELECT [LOAD_EXTENSION]('/x.so')",
        "SELECT * FROM fsdir WHERE path = '/'",
        "PRAGMA writable_schema = 1",
        "PRAGMA main . journal_mode(delete)",
        "PRAGMA \"writable_schema\" = 1",
        "PRAGMA 'writable_schema' = 1",
        "EXPLAIN QUERY PLAN PRAGMA journal_mode = delete",
        "PRAGMA",
        "SELECT * FROM pragma_journal_mode('delete')",
        "SELECT * FROM 'pragma_journal_mode'('delete')"
      })
  void aStatementStaysInItsFile(String sql) {
    assertThat(SqliteBounds.check(sql)).isInstanceOf(ReadOnlyVerdict.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT printf('%1000000000d', 1)",
        "SELECT \"format\"('%.1000000000d', 1)",
        "SELECT printf('%*d', 1000000000, 1)",
        "SELECT printf('%' || '1000000000d', 1)",
        "SELECT printf(f, 1) FROM t",
        "SELECT hex(zeroblob(1000000000))",
        "SELECT randomblob(a) FROM t",
        "SELECT randomblob(1000 * 1000000)"
      })
  void aHugeValueIsRefusedWithTheReason(String sql) {
    assertThat(SqliteBounds.check(sql))
        .isInstanceOfSatisfying(
            ReadOnlyVerdict.Refused.class, r -> assertThat(r.suggestion()).contains("memory"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (1)",
        "UPDATE t SET attach = 1, vacuum = 2",
        "VACUUM",
        "PRAGMA table_info(t)",
        "PRAGMA main.table_list",
        "PRAGMA user_version",
        "SELECT * FROM pragma_table_info('t')",
        "SELECT printf('%08.2f %s', a, b), format('%d'), hex(randomblob(16)) FROM t",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT count(*) FROM c",
        "CREATE TABLE u AS SELECT cast(x AS text) FROM t",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN UPDATE u SET a = 1; DELETE FROM v; END"
      })
  void ordinaryWorkIsAllowed(String sql) {
    assertThat(SqliteBounds.check(sql)).isEqualTo(new ReadOnlyVerdict.Allowed());
  }
}
