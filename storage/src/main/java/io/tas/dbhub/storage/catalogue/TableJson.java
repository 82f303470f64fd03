package io.tas.dbhub.storage.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.core.schema.ChangeDetail;
import io.tas.dbhub.core.schema.SchemaTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables and changes as the text that a node holds. Safe for use by several threads. */
final class TableJson {
  private static final TypeReference<List<ChangeDetail>> DETAILS = new TypeReference<>() {};

  private final ObjectMapper json = new ObjectMapper();

  /** Without the rows, which are no part of the schema. */
  String definition(SchemaTable table) {
    return write(with(table, null));
  }

  SchemaTable table(String definition, @Nullable Long rows) {
    try {
      return with(json.readValue(definition, SchemaTable.class), rows);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a node has a table that cannot be read", e);
    }
  }

  String details(List<ChangeDetail> details) {
    return write(details);
  }

  List<ChangeDetail> details(String details) {
    try {
      return json.readValue(details, DETAILS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a node has a change that cannot be read", e);
    }
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a table cannot be written", e);
    }
  }

  private static SchemaTable with(SchemaTable table, @Nullable Long rows) {
    return new SchemaTable(
        table.name(),
        table.kind(),
        table.comment(),
        rows,
        table.columns(),
        table.keys(),
        table.foreignKeys(),
        table.indexes());
  }
}
