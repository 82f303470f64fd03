package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value of a row as text.
 *
 * @param isNull whether there is no value
 */
record Cell(String text, boolean isNull) {
  /** Documents and arrays as JSON, anything else as it is. */
  static Cell of(JsonNode value) {
    return new Cell(
        value.isContainerNode() ? value.toString() : value.asText(),
        value.isNull() || value.isMissingNode());
  }
}
