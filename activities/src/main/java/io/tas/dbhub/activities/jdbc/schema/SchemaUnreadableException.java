package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.core.health.ConnectionError;

/** A target that was connected to and did not tell its schema, and why. */
public final class SchemaUnreadableException extends Exception {
  private final transient ConnectionError error;

  SchemaUnreadableException(ConnectionError error) {
    super(error.kind().wireName());
    this.error = error;
  }

  public ConnectionError error() {
    return error;
  }
}
