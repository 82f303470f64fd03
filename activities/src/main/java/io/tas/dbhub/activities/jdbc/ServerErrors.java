package io.tas.dbhub.activities.jdbc;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What the engines' own states and codes mean, as their manuals list them. */
final class ServerErrors {
  /** By SQL state; 28000 is a missing pg_hba.conf entry as well as a missing role. */
  private static final Map<String, Problem> POSTGRES =
      Map.ofEntries(
          Map.entry("28P01", Problem.LOGIN_REFUSED),
          Map.entry("28000", Problem.LOGIN_NOT_FROM_HERE),
          Map.entry("3D000", Problem.UNKNOWN_DATABASE),
          Map.entry("42501", Problem.NO_PERMISSION),
          Map.entry("53300", Problem.TOO_MANY_CONNECTIONS),
          Map.entry("55000", Problem.NO_ACCESS_TO_DATABASE),
          Map.entry("55P03", Problem.CATALOG_LOCKED),
          Map.entry("57014", Problem.SILENT),
          Map.entry("57P01", Problem.NOT_READY),
          Map.entry("57P02", Problem.NOT_READY),
          Map.entry("57P03", Problem.NOT_READY),
          Map.entry("08P01", Problem.NOT_THE_ENGINE));

  private static final Map<Integer, Problem> MYSQL =
      Map.ofEntries(
          Map.entry(1040, Problem.TOO_MANY_CONNECTIONS),
          Map.entry(1044, Problem.NO_ACCESS_TO_DATABASE),
          Map.entry(1045, Problem.LOGIN_REFUSED),
          Map.entry(1046, Problem.NO_DATABASE),
          Map.entry(1049, Problem.UNKNOWN_DATABASE),
          Map.entry(1053, Problem.NOT_READY),
          Map.entry(1064, Problem.STATEMENT_REFUSED),
          Map.entry(1129, Problem.HOST_BLOCKED),
          Map.entry(1130, Problem.LOGIN_NOT_FROM_HERE),
          Map.entry(1142, Problem.NO_PERMISSION),
          Map.entry(1143, Problem.NO_PERMISSION),
          Map.entry(1203, Problem.TOO_MANY_CONNECTIONS),
          Map.entry(1205, Problem.CATALOG_LOCKED),
          Map.entry(1226, Problem.TOO_MANY_CONNECTIONS),
          Map.entry(1227, Problem.NO_PERMISSION),
          Map.entry(1251, Problem.LOGIN_METHOD),
          Map.entry(1524, Problem.LOGIN_METHOD),
          Map.entry(1317, Problem.SILENT),
          Map.entry(1698, Problem.LOGIN_REFUSED),
          Map.entry(1820, Problem.PASSWORD_EXPIRED),
          Map.entry(1862, Problem.PASSWORD_EXPIRED),
          Map.entry(1969, Problem.SILENT),
          Map.entry(3024, Problem.SILENT),
          Map.entry(3118, Problem.LOGIN_REFUSED),
          Map.entry(3159, Problem.TLS_DEMANDED),
          Map.entry(3955, Problem.LOGIN_REFUSED),
          Map.entry(4151, Problem.LOGIN_REFUSED));

  private static final Map<Integer, Problem> SQL_SERVER =
      Map.ofEntries(
          Map.entry(18456, Problem.LOGIN_REFUSED),
          Map.entry(18452, Problem.LOGIN_METHOD),
          Map.entry(18470, Problem.LOGIN_REFUSED),
          Map.entry(18486, Problem.LOGIN_REFUSED),
          Map.entry(18487, Problem.PASSWORD_EXPIRED),
          Map.entry(18488, Problem.PASSWORD_EXPIRED),
          Map.entry(18401, Problem.NOT_READY),
          Map.entry(17142, Problem.NOT_READY),
          Map.entry(40613, Problem.NOT_READY),
          Map.entry(17809, Problem.TOO_MANY_CONNECTIONS),
          Map.entry(10928, Problem.TOO_MANY_CONNECTIONS),
          Map.entry(10929, Problem.TOO_MANY_CONNECTIONS),
          Map.entry(40615, Problem.LOGIN_NOT_FROM_HERE),
          Map.entry(4060, Problem.NO_ACCESS_TO_DATABASE),
          Map.entry(916, Problem.NO_ACCESS_TO_DATABASE),
          Map.entry(229, Problem.NO_PERMISSION),
          Map.entry(230, Problem.NO_PERMISSION),
          Map.entry(297, Problem.NO_PERMISSION),
          Map.entry(300, Problem.NO_PERMISSION),
          Map.entry(102, Problem.STATEMENT_REFUSED),
          Map.entry(1222, Problem.CATALOG_LOCKED),
          Map.entry(156, Problem.STATEMENT_REFUSED));

  /** By primary result code, the low byte. */
  private static final Map<Integer, Problem> SQLITE =
      Map.of(
          3, Problem.FILE_UNREADABLE,
          5, Problem.FILE_LOCKED,
          6, Problem.FILE_LOCKED,
          8, Problem.FILE_UNREADABLE,
          9, Problem.SILENT,
          10, Problem.FILE_UNREADABLE,
          11, Problem.NOT_A_DATABASE,
          14, Problem.FILE_UNREADABLE,
          23, Problem.FILE_UNREADABLE,
          26, Problem.NOT_A_DATABASE);

  private ServerErrors() {}

  static Optional<Problem> postgres(SQLException thrown) {
    return Optional.ofNullable(thrown.getSQLState()).map(POSTGRES::get);
  }

  static Optional<Problem> mysql(SQLException thrown) {
    return Optional.ofNullable(MYSQL.get(thrown.getErrorCode()));
  }

  static Optional<Problem> sqlServer(SQLException thrown) {
    return Optional.ofNullable(SQL_SERVER.get(thrown.getErrorCode()));
  }

  static Optional<Problem> sqlite(SQLException thrown) {
    return Optional.ofNullable(SQLITE.get(thrown.getErrorCode() & 0xff));
  }
}
