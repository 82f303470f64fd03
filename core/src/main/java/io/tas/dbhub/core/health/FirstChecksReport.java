package io.tas.dbhub.core.health;

import java.util.List;

/**
 * @param checked without those whose resource is gone again
 */
public record FirstChecksReport(List<CheckedConnection> checked) {
  public FirstChecksReport {
    checked = List.copyOf(checked);
  }
}
