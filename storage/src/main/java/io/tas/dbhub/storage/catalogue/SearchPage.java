package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, best first.
 *
 * @param databases whose name has all words
 * @param tables that have all words, in their name, their columns or comments
 */
public record SearchPage(List<DatabaseHit> databases, List<TableHit> tables) {
  static final SearchPage EMPTY = new SearchPage(List.of(), List.of());

  public SearchPage {
    databases = List.copyOf(databases);
    tables = List.copyOf(tables);
  }

  /** A database by its name in the inventory. */
  public record DatabaseHit(String id, String name) {}

  /**
   * @param database it is in
   * @param comment null for none
   * @param columns those that have any of the words, in their order, and not too many
   */
  public record TableHit(
      DatabaseHit database,
      TableName table,
      TableKind kind,
      @Nullable String comment,
      List<SchemaColumn> columns) {
    public TableHit {
      columns = List.copyOf(columns);
    }
  }
}
