package io.tas.dbhub.activities.jdbc.dialect;

import java.util.Objects;

/**
 * What a server says it is, made fit to be shown: a hostile one says anything.
 *
 * @param database its own name for the database; empty when none is chosen
 */
public record Identity(String version, String database) {
  private static final int LONGEST = 200;

  public Identity {
    // A driver's texts can be null whatever the compiler thinks.
    version = Printable.of(Objects.requireNonNullElse(version, ""), LONGEST);
    database = Printable.of(Objects.requireNonNullElse(database, ""), LONGEST);
  }
}
