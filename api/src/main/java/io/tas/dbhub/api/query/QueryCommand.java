package io.tas.dbhub.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One statement for one database.
 *
 * @param parameters bound to the statement's placeholders in their order, never pasted
 */
public record QueryCommand(String databaseId, String query, List<JsonNode> parameters) {
  public QueryCommand {
    parameters = List.copyOf(parameters);
  }
}
