package io.tas.dbhub.dev.cluster;

/**
 * How a write is to be done.
 *
 * @param manager who writes, for the ownership of fields
 * @param force whether an apply takes fields that others own
 * @param dryRun whether everything is checked and nothing stored
 * @param strict whether an unknown field is an error instead of being dropped
 */
record WriteOptions(String manager, boolean force, boolean dryRun, boolean strict) {

  /** For the server's own controllers. */
  static WriteOptions controller(String manager) {
    return new WriteOptions(manager, true, false, false);
  }
}
