package io.tas.dbhub.core.schedule;

import java.util.List;

/**
 * Some of a schedule's databases.
 *
 * @param databaseIds that are there, and seen by the schedule's owner
 * @param gone how many of those that the schedule names are not in the inventory
 * @param cursor where the next page begins; empty on the last
 */
public record TargetPage(List<String> databaseIds, int gone, String cursor) {
  public TargetPage {
    databaseIds = List.copyOf(databaseIds);
  }
}
