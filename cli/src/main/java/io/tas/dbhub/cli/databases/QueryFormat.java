package io.tas.dbhub.cli.databases;

/** How rows are shown; names as they are written after {@code -o}. */
enum QueryFormat {
  table,
  csv,
  /** The API's own answer. */
  json,
  /** An object in each line. */
  ndjson
}
