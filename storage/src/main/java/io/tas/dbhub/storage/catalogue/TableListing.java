package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.inventory.Neo4j;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;
import org.neo4j.driver.TransactionContext;

/**
 * Tables of a database as they are or were. A version that is being written is not shown: what it
 * has put aside counts until it is closed.
 */
final class TableListing {
  /** No name is greater: it begins with the last code point. */
  private static final String AFTER_ALL = "\uDBFF\uDFFF";

  /** As indexes order texts, which is not how Java does. */
  private static final Comparator<Place> BY_KEY =
      (one, other) -> Arrays.compareUnsigned(one.bytes(), other.bytes());

  private static final String SHOWN =
      """
      MATCH (c:SchemaCatalog {database_id: $database_id})
      WHERE c.tenant_id = $tenant_id AND c.space_id = $space_id
      RETURN c.shown_at AS shown_at""";

  private static final String CURRENT =
      """
      MATCH (t:SchemaTable)
      WHERE t.tenant_id = $tenant_id AND t.space_id = $space_id
        AND t.database_id = $database_id AND t.key >= $begin AND t.key < $end
        AND t.key ENDS WITH $ending AND t.valid_from <= $as_of
      RETURN t.key AS key, t.rows AS rows, t.valid_from AS valid_from,
             t.definition AS definition
      ORDER BY t.tenant_id, t.space_id, t.database_id, t.key
      LIMIT $limit""";

  private static final String PAST =
      """
      MATCH (p:PastTable)
      WHERE p.tenant_id = $tenant_id AND p.space_id = $space_id
        AND p.database_id = $database_id AND p.key >= $begin AND p.key < $end
        AND p.key ENDS WITH $ending AND p.valid_to > $as_of AND p.valid_from <= $as_of
      RETURN p.key AS key, null AS rows, p.valid_from AS valid_from, p.definition AS definition
      ORDER BY p.tenant_id, p.space_id, p.database_id, p.key
      LIMIT $limit""";

  private static final String CURRENT_SCHEMAS =
      """
      MATCH (t:SchemaTable)
      WHERE t.tenant_id = $tenant_id AND t.space_id = $space_id
        AND t.database_id = $database_id AND t.key IS NOT NULL AND t.valid_from <= $as_of
      RETURN DISTINCT t.schema AS schema""";

  private static final String PAST_SCHEMAS =
      """
      MATCH (p:PastTable)
      WHERE p.tenant_id = $tenant_id AND p.space_id = $space_id
        AND p.database_id = $database_id AND p.key IS NOT NULL
        AND p.valid_to > $as_of AND p.valid_from <= $as_of
      RETURN DISTINCT p.schema AS schema""";

  private final Neo4j neo4j;
  private final TableJson json;

  TableListing(Neo4j neo4j, TableJson json) {
    this.neo4j = neo4j;
    this.json = json;
  }

  /** A table with the place that the order gives it. */
  private record Place(String key, CataloguedTable table) {
    byte[] bytes() {
      return key.getBytes(StandardCharsets.UTF_8);
    }
  }

  TablePage tables(Scope scope, String databaseId, TableQuery query) {
    Map<String, Object> parameters = CatalogNode.parameters(scope, databaseId);
    parameters.put("begin", begin(query));
    parameters.put("end", end(query.schema(), query.table()));
    parameters.put("ending", query.table() == null ? "" : TableKey.ending(query.table()));
    parameters.put("limit", query.limit() + 1L);
    List<Place> found =
        read(parameters, query.asOf(), CURRENT, PAST, this::place).stream().sorted(BY_KEY).toList();
    return new TablePage(
        Cursors.page(found, query.limit()).stream().map(Place::table).toList(),
        Cursors.next(found, query.limit(), Place::key));
  }

  List<String> schemas(Scope scope, String databaseId, @Nullable Instant asOf) {
    return read(
            CatalogNode.parameters(scope, databaseId),
            asOf,
            CURRENT_SCHEMAS,
            PAST_SCHEMAS,
            row -> row.get("schema").asString())
        .stream()
        .distinct()
        .sorted()
        .toList();
  }

  /** Both in one transaction; nothing of a database that has no version yet. */
  private <T> List<T> read(
      Map<String, Object> parameters,
      @Nullable Instant asOf,
      String current,
      String past,
      Function<Record, T> row) {
    return neo4j.read(
        tx -> {
          Optional<Instant> shown = shown(tx, parameters, asOf);
          List<T> found = new ArrayList<>();
          if (shown.isPresent()) {
            parameters.put("as_of", CatalogNode.time(shown.get()));
            found.addAll(tx.run(current, parameters).list(row));
            found.addAll(tx.run(past, parameters).list(row));
          }
          return found;
        });
  }

  /** The time that is asked for, but none after the version that is shown. */
  private static Optional<Instant> shown(
      TransactionContext tx, Map<String, Object> parameters, @Nullable Instant asOf) {
    return tx.run(SHOWN, parameters).stream()
        .flatMap(row -> Stream.ofNullable(CatalogNode.instant(row.get("shown_at"))))
        .map(shown -> asOf == null || asOf.isAfter(shown) ? shown : asOf)
        .findFirst();
  }

  private Place place(Record row) {
    return new Place(
        row.get("key").asString(),
        new CataloguedTable(
            json.table(row.get("definition").asString(), CatalogNode.number(row.get("rows"))),
            row.get("valid_from").asZonedDateTime().toInstant()));
  }

  private static String begin(TableQuery query) {
    String begin = begin(query.schema(), query.table());
    if (query.cursor() == null) {
      return begin;
    }
    // One of another schema's listing must not lead in front of this one.
    String next = TableKey.after(Cursors.decode(query.cursor()));
    return next.startsWith(begin) || query.schema() == null ? next : begin;
  }

  private static String begin(@Nullable String schema, @Nullable String table) {
    if (schema == null) {
      return "";
    }
    return table == null ? TableKey.beginOf(schema) : TableKey.of(new TableName(schema, table));
  }

  private static String end(@Nullable String schema, @Nullable String table) {
    if (schema == null) {
      return AFTER_ALL;
    }
    return table == null
        ? TableKey.endOf(schema)
        : TableKey.after(TableKey.of(new TableName(schema, table)));
  }
}
