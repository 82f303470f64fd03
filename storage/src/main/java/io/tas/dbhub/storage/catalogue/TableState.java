package io.tas.dbhub.storage.catalogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;

/**
 * A table's definition, and since when it is that.
 *
 * @param definition as {@link TableJson} writes it
 */
record TableState(String digest, Instant validFrom, String definition) {

  /**
   * @param what the beginning of the columns' names
   */
  static @Nullable TableState of(Record row, String what) {
    Instant validFrom = CatalogNode.instant(row.get(what + "_valid_from"));
    return validFrom == null
        ? null
        : new TableState(
            row.get(what + "_digest").asString(),
            validFrom,
            row.get(what + "_definition").asString());
  }
}
