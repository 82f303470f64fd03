package io.tas.dbhub.activities.jdbc.dialect;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What MySQL and MariaDB answer alike. */
abstract class MySqlQuestions implements Dialect {
  private static final String SYSTEM_SCHEMAS =
      "('information_schema', 'mysql', 'performance_schema', 'sys')";

  /** Grants looked at; with more it is not certain what they allow together. */
  private static final int MOST_GRANTS = 1000;

  @Override
  public final Identity identity(Session session) throws SQLException {
    return session.one(
        "SELECT VERSION(), COALESCE(DATABASE(), '')",
        row -> new Identity(row.getString(1), row.getString(2)));
  }

  @Override
  public final Optional<Long> tables(Session session) throws SQLException {
    return Optional.of(
        session.one(
            "SELECT COUNT(*) FROM (SELECT 1 FROM information_schema.TABLES"
                + " WHERE TABLE_SCHEMA = COALESCE(DATABASE(), TABLE_SCHEMA)"
                + " AND TABLE_SCHEMA NOT IN "
                + SYSTEM_SCHEMAS
                + " LIMIT "
                + MOST_TABLES
                + ") visible",
            row -> row.getLong(1)));
  }

  @Override
  public final Optional<Boolean> readOnlyRole(Session session) throws SQLException {
    List<String> grants = session.list("SHOW GRANTS", MOST_GRANTS, row -> row.getString(1));
    return MySqlGrants.readOnly(grants)
        .filter(readOnly -> !readOnly || grants.size() < MOST_GRANTS);
  }
}
