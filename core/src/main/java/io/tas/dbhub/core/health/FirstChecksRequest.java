package io.tas.dbhub.core.health;

import java.util.List;

/**
 * @param connections at most {@link FirstChecks#MOST}
 */
public record FirstChecksRequest(List<NewConnection> connections) {
  public FirstChecksRequest {
    connections = List.copyOf(connections);
  }
}
