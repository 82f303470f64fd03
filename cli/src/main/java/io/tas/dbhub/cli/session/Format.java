package io.tas.dbhub.cli.session;

/** How a result is shown; names as they are written after {@code -o}. */
public enum Format {
  /** For people. */
  table,
  /** The API's own answer. */
  json,
  /** Names or ids only, a line each. */
  name
}
