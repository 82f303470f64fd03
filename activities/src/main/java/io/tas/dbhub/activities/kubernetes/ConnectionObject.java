package io.tas.dbhub.activities.kubernetes;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;

/**
 * An object that the control plane made for a connection.
 *
 * @param leaving somebody deleted it, and something keeps it from going
 */
public record ConnectionObject(DatabaseRef database, Kind kind, ResourceRef ref, boolean leaving) {
  /** The kinds of objects that a connection is made of. */
  public enum Kind {
    SECRET("Secret", ObjectNames.SECRET_SUFFIX),
    DATABASE("Database resource", "");

    private final String text;
    private final String suffix;

    Kind(String text, String suffix) {
      this.text = text;
      this.suffix = suffix;
    }

    /** For people. */
    public String text() {
      return text;
    }

    /** What the names of its objects end with. */
    String suffix() {
      return suffix;
    }
  }
}
