package io.tas.dbhub.core.repair;

import io.tas.dbhub.core.model.Database;
import java.util.List;

/**
 * @param database as it is after the repair
 * @param putBack what was put back, for people, such as {@code Secret}; empty when nothing was
 *     missing
 */
public record RepairReport(Database database, List<String> putBack) {
  public RepairReport {
    putBack = List.copyOf(putBack);
  }
}
