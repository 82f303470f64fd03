package io.tas.dbhub.activities.jdbc.dialect;

import java.sql.SQLException;
import java.util.Optional;

/**
 * What a probe asks once it is logged in: cheap statements that only read catalogs. All of them
 * throw {@link SQLException} when the server refuses.
 */
public interface Questions {
  /** The count stops here, so that a catalog of millions is not read through. */
  int MOST_TABLES = 100_000;

  Identity identity(Session session) throws SQLException;

  /** Tables and views that the login may read; empty when the engine does not tell. */
  Optional<Long> tables(Session session) throws SQLException;

  /** Whether the login has no right to change data or tables; empty when that is not certain. */
  Optional<Boolean> readOnlyRole(Session session) throws SQLException;
}
