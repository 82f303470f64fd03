package io.tas.dbhub.cli.batches;

/** How rows are shown; names as they are written after {@code -o}. */
enum RowFormat {
  table,
  /** The API's own file. */
  csv,
  /** An object in each line: the API's own file. */
  json
}
