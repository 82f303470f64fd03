package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.core.schema.ColumnType;
import java.sql.SQLException;
import java.time.Duration;

/** How one kind of database tells what tables it has. Stateless. */
interface Catalog {
  /** Rows at a time, as the driver wants to be told. */
  default int fetch() {
    return 1_000;
  }

  /**
   * Asks for all of it, once for each kind of thing.
   *
   * @param within the longest that any statement may take in the target
   * @return the target's own name of the database
   */
  String read(CatalogSession session, SchemaRows rows, Duration within)
      throws SQLException, TooLargeException;

  /**
   * A type as one says it of every engine.
   *
   * @param type as the catalog has it
   */
  ColumnType normalized(String type);
}
