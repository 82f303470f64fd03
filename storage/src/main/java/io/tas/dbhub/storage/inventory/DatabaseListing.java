package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;

/** Pages of a scope's databases. */
final class DatabaseListing {
  /** No name is greater: it begins with the last code point. */
  private static final String AFTER_ALL_NAMES = "\uDBFF\uDFFF";

  private static final Instant AFTER_ALL_TIMES = Instant.parse("9999-12-31T00:00:00Z");

  private final Neo4j neo4j;
  private final NodeMapper mapper;

  DatabaseListing(Neo4j neo4j, NodeMapper mapper) {
    this.neo4j = neo4j;
    this.mapper = mapper;
  }

  DatabasePage list(Scope scope, Onlooker onlooker, ListQuery query) {
    ListStatement statement = new ListStatement(query.sort(), by(query));
    return neo4j.read(
        tx -> {
          List<String> hidden = HiddenDatabases.find(tx, scope, onlooker);
          Map<String, Object> parameters = parameters(scope, query, hidden, onlooker.only());
          boolean narrowed = filtered(query) || !hidden.isEmpty() || onlooker.only() != null;
          List<Database> found =
              tx.run(statement.page(), parameters).single().get("databases").asList(this::database);
          long total =
              knownTotal(query, found.size())
                  .orElseGet(
                      () -> {
                        String count = narrowed ? statement.count() : ListStatement.countAll();
                        return tx.run(count, parameters).single().get("total").asLong();
                      });
          return page(found, total, scope, query);
        });
  }

  private Database database(Value node) {
    return mapper.database(node.asNode());
  }

  /** Who sees the end of a listing and knows where it began need not count. */
  private static Optional<Long> knownTotal(ListQuery query, int found) {
    boolean end = found <= query.pageSize() && (found > 0 || query.page() == 1);
    return end && query.cursor() == null
        ? Optional.of((query.page() - 1L) * query.pageSize() + found)
        : Optional.empty();
  }

  private static boolean filtered(ListQuery query) {
    return query.status() != null
        || query.type() != null
        || query.labelKey() != null
        || query.text() != null;
  }

  /** One more than the page was asked for: it tells whether another page follows. */
  private static DatabasePage page(List<Database> found, long total, Scope scope, ListQuery query) {
    if (found.size() <= query.pageSize()) {
      return new DatabasePage(found, total, null);
    }
    List<Database> shown = found.subList(0, query.pageSize());
    Cursor next = Cursor.at(shown.get(shown.size() - 1), query.sort());
    return new DatabasePage(shown, total, next.encode(scope, query));
  }

  private static ListStatement.By by(ListQuery query) {
    if (query.labelKey() == null) {
      return ListStatement.By.SCOPE;
    }
    return query.labelValue() == null ? ListStatement.By.LABEL : ListStatement.By.LABEL_AND_VALUE;
  }

  static Map<String, Object> parameters(
      Scope scope, ListQuery query, List<String> hidden, @Nullable List<String> only) {
    String text = query.cursor();
    @Nullable Cursor cursor = text == null ? null : Cursor.decode(text, scope, query);
    // A HashMap, because null is a value here: a filter that filters nothing.
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("tenant_id", scope.tenantId());
    parameters.put("space_id", scope.spaceId());
    parameters.put("status", query.status() == null ? null : query.status().wireName());
    parameters.put("type", query.type() == null ? null : query.type().wireName());
    parameters.put("label_key", query.labelKey());
    parameters.put("label_value", query.labelValue());
    parameters.put("text", query.text() == null ? null : query.text().toLowerCase(Locale.ROOT));
    parameters.put("position", cursor == null ? start(query.sort()) : position(cursor, query));
    parameters.put("position_id", cursor == null ? "" : cursor.id());
    parameters.put("skip", cursor == null ? (query.page() - 1L) * query.pageSize() : 0L);
    parameters.put("limit", query.pageSize() + 1L);
    parameters.put("hidden", hidden);
    parameters.put("only", only);
    return parameters;
  }

  private static Object position(Cursor cursor, ListQuery query) {
    return query.sort().byName()
        ? cursor.position()
        : NodeMapper.time(Instant.ofEpochMilli(Long.parseLong(cursor.position())));
  }

  private static Object start(Sort sort) {
    if (sort.byName()) {
      return sort.descending() ? AFTER_ALL_NAMES : "";
    }
    return NodeMapper.time(sort.descending() ? AFTER_ALL_TIMES : Instant.EPOCH);
  }
}
