package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.SchemaTotals;
import io.tas.dbhub.core.schema.TableName;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A target's whole schema, on disk where it is large; nothing of it is left when the process ends.
 * Of one thread.
 */
public final class SpooledSchema implements AutoCloseable {
  private final String database;
  private final int statements;
  private final Spool spool;
  private @Nullable SchemaTotals totals;

  SpooledSchema(String database, int statements, Spool spool) {
    this.database = database;
    this.statements = statements;
    this.spool = spool;
  }

  /** The target's own name of the database; a file's name of SQLite. */
  public String database() {
    return database;
  }

  /** What the target was asked, in statements. */
  public int statements() {
    return statements;
  }

  /**
   * @throws UncheckedIOException when the disk fails
   */
  public SchemaTotals totals() {
    if (totals == null) {
      forEach(table -> {});
    }
    return java.util.Objects.requireNonNull(totals);
  }

  /**
   * Each table once, in no particular order; may be called several times.
   *
   * @throws UncheckedIOException when the disk fails
   */
  public void forEach(Consumer<SchemaTable> each) {
    long[] count = new long[2];
    spool.forEachPartition(
        rows -> {
          Map<TableName, TableAssembly> tables = new LinkedHashMap<>();
          rows.forEach(
              row -> tables.computeIfAbsent(row.table(), name -> new TableAssembly()).add(row));
          for (TableAssembly assembly : tables.values()) {
            assembly
                .table()
                .ifPresent(
                    table -> {
                      count[0]++;
                      count[1] += table.columns().size();
                      each.accept(table);
                    });
          }
        });
    totals = new SchemaTotals(count[0], count[1]);
  }

  boolean onDisk() {
    return spool.onDisk();
  }

  /** Removes it from the disk. */
  @Override
  public void close() {
    spool.close();
  }
}
