package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Column;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Relation;

/** Takes rows into the spool, as many as are allowed. Of one thread. */
final class SchemaRows {
  private final Spool spool;
  private final SchemaReaderSettings settings;
  private int tables;
  private int columns;
  private long others;

  SchemaRows(Spool spool, SchemaReaderSettings settings) {
    this.spool = spool;
    this.settings = settings;
  }

  void add(SchemaRow row) throws TooLargeException {
    if (row instanceof Relation) {
      if (++tables > settings.maxTables()) {
        throw TooLargeException.tables(settings.maxTables());
      }
    } else if (row instanceof Column) {
      if (++columns > settings.maxColumns()) {
        throw TooLargeException.columns(settings.maxColumns());
      }
    } else if (++others > 4L * settings.maxColumns()) {
      // Keys and indexes of so many columns: no honest server has them.
      throw TooLargeException.text();
    }
    spool.add(row);
  }
}
