package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.http.Answer;
import io.tas.dbhub.cli.session.JsonText;
import io.tas.dbhub.cli.session.Tables;
import io.tas.dbhub.cli.terminal.SafeText;
import io.tas.dbhub.cli.terminal.Terminal;
import io.tas.dbhub.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;

/** Shows the answer to a query: rows as the result, what there is to say of them beside it. */
final class QueryOutput {
  private final Terminal terminal;
  private final QueryFormat format;

  QueryOutput(Terminal terminal, QueryFormat format) {
    this.terminal = terminal;
    this.format = format;
  }

  void print(Answer answer) {
    if (format == QueryFormat.json) {
      JsonText.print(terminal, answer);
      truncation(answer.body());
      return;
    }
    JsonNode several = answer.body().path("results");
    if (several.isEmpty()) {
      result(answer.body());
    } else {
      boolean first = true;
      for (JsonNode result : several) {
        if (!first && format != QueryFormat.ndjson) {
          terminal.line("");
        }
        first = false;
        result(result);
      }
    }
    if (answer.body().has("duration_ms")) {
      terminal.note("Took " + answer.body().path("duration_ms").asLong() + " ms.");
    }
  }

  private void result(JsonNode result) {
    List<String> columns = new ArrayList<>();
    result.path("columns").forEach(column -> columns.add(column.asText()));
    long count = result.path("row_count").asLong();
    if (columns.isEmpty()) {
      terminal.note(count + (count == 1 ? " row changed." : " rows changed."));
      return;
    }
    switch (format) {
      case csv -> csv(columns, result);
      case ndjson -> result.path("rows").forEach(row -> jsonLine(row));
      default -> table(columns, result);
    }
    if (format == QueryFormat.table) {
      terminal.note(count + (count == 1 ? " row." : " rows."));
    }
    truncation(result);
  }

  private void table(List<String> columns, JsonNode result) {
    TextTable table = Tables.of(terminal, columns);
    for (JsonNode row : result.path("rows")) {
      table.add(
          columns.stream()
              .map(column -> Cell.of(row.path(column)))
              .map(cell -> cell.isNull() ? "NULL" : cell.text())
              .toList());
    }
    Tables.print(terminal, table);
  }

  private void csv(List<String> columns, JsonNode result) {
    csvLine(columns.stream().map(name -> new Cell(name, false)).toList());
    for (JsonNode row : result.path("rows")) {
      csvLine(columns.stream().map(column -> Cell.of(row.path(column))).toList());
    }
  }

  /** A program gets every character; a person none that the terminal obeys. */
  private void csvLine(List<Cell> cells) {
    String line = Csv.line(cells);
    terminal.line(terminal.screen().output() ? SafeText.lines(line) : line);
  }

  private void jsonLine(JsonNode row) {
    String line = row.toString();
    terminal.line(terminal.screen().output() ? SafeText.json(line) : line);
  }

  private void truncation(JsonNode result) {
    if (result.path("truncated").asBoolean()) {
      terminal.note(
          result.path("truncated_by").asText().equals("bytes")
              ? "There is more: the answer has as many bytes as it may."
              : "There are more rows: --max-rows and the connection's max_rows limit them.");
    }
  }
}
