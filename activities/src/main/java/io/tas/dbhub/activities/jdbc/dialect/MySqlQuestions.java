package io.tas.dbhub.activities.jdbc.dialect;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What MySQL and MariaDB answer alike. */
abstract class MySqlQuestions implements Dialect {
  private static final String SYSTEM_SCHEMAS =
      "('information_schema', 'mysql', 'performance_schema', 'sys')";

  /** Grants looked at; with more it is not certain what they allow together. */
  private static final int MOST_GRANTS = 1000;

  @Override
  public final Identity identity(Handle handle) {
    return handle
        .createQuery("SELECT VERSION(), COALESCE(DATABASE(), '')")
        .map((row, context) -> new Identity(row.getString(1), row.getString(2)))
        .one();
  }

  @Override
  public final Optional<Long> tables(Handle handle) {
    return Optional.of(
        handle
            .createQuery(
                "SELECT COUNT(*) FROM (SELECT 1 FROM information_schema.TABLES"
                    + " WHERE TABLE_SCHEMA = COALESCE(DATABASE(), TABLE_SCHEMA)"
                    + " AND TABLE_SCHEMA NOT IN "
                    + SYSTEM_SCHEMAS
                    + " LIMIT "
                    + MOST_TABLES
                    + ") visible")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public final Optional<Boolean> readOnlyRole(Handle handle) {
    List<String> grants =
        handle.createQuery("SHOW GRANTS").setMaxRows(MOST_GRANTS).mapTo(String.class).list();
    return MySqlGrants.readOnly(grants)
        .filter(readOnly -> !readOnly || grants.size() < MOST_GRANTS);
  }
}
