package io.tas.dbhub.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.terminal.Terminal;
import io.tas.dbhub.cli.terminal.TextTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A list of the API, page after page.
 *
 * @param path of the list
 * @param field of the page that holds the elements
 * @param columns of the table, by their headings
 * @param name what {@code -o name} shows of an element
 */
public record Listing(
    String path,
    String field,
    Map<String, Function<JsonNode, String>> columns,
    Function<JsonNode, String> name) {
  private static final int PAGE_SIZE = 100;

  /**
   * Shows the list.
   *
   * @param parameters of the list, without those of its pages
   * @param limit of elements; 0 for all
   */
  public void show(Session session, Map<String, String> parameters, int limit, Format format) {
    Terminal terminal = session.terminal();
    switch (format) {
      case name -> each(session, parameters, limit, one -> terminal.name(name.apply(one)));
      case json -> json(session, parameters, limit);
      case table -> {
        TextTable table = Tables.of(terminal, List.copyOf(columns.keySet()));
        each(
            session,
            parameters,
            limit,
            one -> table.add(columns.values().stream().map(cell -> cell.apply(one)).toList()));
        Tables.print(terminal, table);
      }
    }
  }

  /** Hands over each element, in the list's order. */
  public void each(
      Session session, Map<String, String> parameters, int limit, Consumer<JsonNode> taker) {
    Map<String, String> asked = new HashMap<>(parameters);
    int left = limit == 0 ? Integer.MAX_VALUE : limit;
    String cursor;
    do {
      asked.put("page_size", String.valueOf(Math.min(left, PAGE_SIZE)));
      JsonNode page = session.api().read(ApiRequest.get(path, asked));
      for (JsonNode element : page.path(field)) {
        taker.accept(element);
        left--;
      }
      cursor = page.path("next_cursor").asText("");
      asked.put("cursor", cursor);
    } while (!cursor.isEmpty() && left > 0);
  }

  /** All pages' elements as one page, written as they come. */
  private void json(Session session, Map<String, String> parameters, int limit) {
    Terminal terminal = session.terminal();
    boolean[] begun = {false};
    terminal.text("{\"" + field + "\":[");
    each(
        session,
        parameters,
        limit,
        one -> {
          terminal.text(begun[0] ? ",\n" : "\n");
          terminal.text(JsonText.text(terminal, one));
          begun[0] = true;
        });
    terminal.line("\n]}");
  }
}
