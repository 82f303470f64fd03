package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.storage.inventory.HiddenDatabases;
import io.tas.dbhub.storage.inventory.Neo4j;
import io.tas.dbhub.storage.inventory.Onlooker;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Record;

/** Finds tables by the words of their names, columns and comments, and databases by theirs. */
final class TableSearch {
  private static final int MAX_LIMIT = 100;
  private static final int MAX_COLUMNS = 20;

  /**
   * The index knows scope and databases, too, so hardly anything is left out after it. A database
   * that is being deleted has tables for a while.
   */
  private static final String TABLES =
      """
      CALL db.index.fulltext.queryNodes('schema_words', $query) YIELD node AS t, score
      WHERE t.tenant_id = $tenant_id AND t.space_id = $space_id
        AND NOT t.database_id IN $hidden AND ($only IS NULL OR t.database_id IN $only)
      MATCH (d:Database {id: t.database_id})
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id
      WITH t, d, score LIMIT $limit
      RETURN d.id AS id, d.name AS name, t.definition AS definition, score""";

  private static final String DATABASES =
      """
      MATCH (d:Database)
      USING INDEX SEEK d:Database(tenant_id, space_id, name, id, status, type)
      WHERE d.tenant_id = $tenant_id AND d.space_id = $space_id AND d.name IS NOT NULL
        AND d.id IS NOT NULL AND d.status IS NOT NULL AND d.type IS NOT NULL
        AND all(word IN $words WHERE toLower(d.name) CONTAINS word)
        AND NOT d.id IN $hidden AND ($only IS NULL OR d.id IN $only)
      RETURN d.id AS id, d.name AS name
      ORDER BY toLower(d.name) STARTS WITH $words[0] DESC, name
      LIMIT $limit""";

  private final Neo4j neo4j;
  private final TableJson json;

  TableSearch(Neo4j neo4j, TableJson json) {
    this.neo4j = neo4j;
    this.json = json;
  }

  private record Scored(double score, SearchPage.TableHit hit) {
    static final Comparator<Scored> ORDER =
        Comparator.comparingDouble((Scored scored) -> -scored.score)
            .thenComparing(scored -> scored.hit.database().name())
            .thenComparing(scored -> scored.hit.table());
  }

  SearchPage search(Scope scope, Onlooker onlooker, String text, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
    }
    SearchText wanted = SearchText.of(text);
    if (wanted.empty()) {
      return SearchPage.EMPTY;
    }
    return neo4j.read(
        tx -> {
          List<String> hidden = HiddenDatabases.find(tx, scope, onlooker);
          // A HashMap, because null is a value here: a bound that is none.
          Map<String, @Nullable Object> parameters = new HashMap<>();
          parameters.put("tenant_id", scope.tenantId());
          parameters.put("space_id", scope.spaceId());
          parameters.put("hidden", hidden);
          parameters.put("only", onlooker.only());
          parameters.put("words", wanted.words());
          parameters.put("query", wanted.query(scope, hidden, onlooker.only()));
          parameters.put("limit", limit);
          return new SearchPage(
              tx.run(DATABASES, parameters).list(TableSearch::database),
              tx.run(TABLES, parameters).list(row -> scored(row, wanted)).stream()
                  .sorted(Scored.ORDER)
                  .map(Scored::hit)
                  .toList());
        });
  }

  private static SearchPage.DatabaseHit database(Record row) {
    return new SearchPage.DatabaseHit(row.get("id").asString(), row.get("name").asString());
  }

  private Scored scored(Record row, SearchText wanted) {
    SchemaTable table = json.table(row.get("definition").asString(), null);
    List<SchemaColumn> columns =
        table.columns().stream()
            .filter(column -> wanted.in(column.name()) || wanted.in(column.comment()))
            .limit(MAX_COLUMNS)
            .toList();
    return new Scored(
        row.get("score").asDouble(),
        new SearchPage.TableHit(
            database(row), table.name(), table.kind(), table.comment(), columns));
  }
}
