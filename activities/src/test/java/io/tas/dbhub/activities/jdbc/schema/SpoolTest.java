package io.tas.dbhub.activities.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Column;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.ForeignKeyPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.IndexPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.KeyPart;
import io.tas.dbhub.activities.jdbc.schema.SchemaRow.Relation;
import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
  private static final long PLENTY = 64L << 20;

  @TempDir private Path directory;

  private static TableName name(int number) {
    return new TableName("schema " + number % 3, "table " + number);
  }

  private static List<SchemaRow> rows(int tables) {
    List<SchemaRow> rows = new ArrayList<>();
    for (int i = 0; i < tables; i++) {
      TableName table = name(i);
      rows.add(new Relation(table, TableKind.TABLE, i % 2 == 0 ? "\uD83D\uDE00" : null, (long) i));
      for (int c = 1; c <= 5; c++) {
        rows.add(
            new Column(
                table,
                3 * c,
                "c" + c,
                "int",
                ColumnType.INTEGER,
                c > 1,
                c == 2 ? "0" : null,
                null));
      }
      rows.add(new KeyPart(table, "zz", true, 1, "c1"));
      rows.add(new KeyPart(table, "aa", false, 2, "c3"));
      rows.add(new KeyPart(table, "aa", false, 1, "c2"));
      rows.add(new ForeignKeyPart(table, "7", null, 2, "c4", name(i + 1), "b"));
      rows.add(new ForeignKeyPart(table, "7", null, 1, "c5", name(i + 1), "a"));
      rows.add(new ForeignKeyPart(table, "8", "named", 1, "c5", name(i + 2), null));
      rows.add(new IndexPart(table, "i", true, 1, "lower(c1)"));
    }
    return rows;
  }

  /** Of tables that are not listed, many enough that the spool needs its file. */
  private static List<SchemaRow> unlisted() {
    List<SchemaRow> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(
          new Column(
              new TableName("new", "table " + i % 5_000),
              i,
              "x".repeat(400),
              "int",
              ColumnType.INTEGER,
              true,
              null,
              null));
    }
    return rows;
  }

  private SpooledSchema spooled(List<SchemaRow> rows) throws Exception {
    Spool spool = new Spool(directory, PLENTY, PLENTY);
    for (SchemaRow row : rows) {
      spool.add(row);
    }
    return new SpooledSchema("db", 1, spool);
  }

  @Test
  void tablesAreTheSameWhateverTheOrderAndWhereverTheyAreKept() throws Exception {
    List<SchemaRow> rows = rows(300);
    List<SchemaRow> mixed = new ArrayList<>(rows);
    mixed.addAll(unlisted());
    Collections.shuffle(mixed, new Random(7));
    try (SpooledSchema memory = spooled(rows);
        SpooledSchema disk = spooled(mixed)) {
      assertThat(memory.onDisk()).isFalse();
      assertThat(disk.onDisk()).isTrue();
      Map<TableName, SchemaTable> tables = SchemaOf.tables(memory);
      assertThat(tables).hasSize(300);
      assertThat(SchemaOf.tables(disk)).isEqualTo(tables);
      assertThat(SchemaOf.tables(disk)).isEqualTo(tables);
      assertThat(disk.totals()).isEqualTo(memory.totals());
      assertThat(disk.totals().columns()).isEqualTo(1_500);
    }
  }

  @Test
  void aTablesPartsHaveOneOrder() throws Exception {
    try (SpooledSchema schema = spooled(rows(1))) {
      SchemaTable table = SchemaOf.tables(schema).values().iterator().next();
      assertThat(table.columns())
          .extracting(column -> column.position() + " " + column.name())
          .containsExactly("1 c1", "2 c2", "3 c3", "4 c4", "5 c5");
      assertThat(table.keys())
          .extracting(key -> key.name() + " " + key.columns())
          .containsExactly("zz [c1]", "aa [c2, c3]");
      assertThat(table.foreignKeys())
          .extracting(key -> key.name() + " " + key.columns() + key.referencedColumns())
          .containsExactly("c5, c4 to table 1 [c5, c4][a, b]", "named [c5][]");
    }
  }

  @Test
  void nothingIsSeenOfItsFile() throws Exception {
    try (SpooledSchema schema = spooled(unlisted());
        Stream<Path> files = Files.list(directory)) {
      assertThat(schema.onDisk()).isTrue();
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aTableThatNobodyCanHoldIsRefused() {
    assertThatThrownBy(
            () -> {
              try (Spool spool = new Spool(directory, 100_000, PLENTY)) {
                for (int i = 0; i < 10_000; i++) {
                  spool.add(new KeyPart(name(1), "key " + i, false, 1, "x".repeat(100)));
                }
              }
            })
        .isInstanceOf(TooLargeException.class);
  }

  @Test
  void moreThanTheDiskIsForIsRefused() {
    assertThatThrownBy(
            () -> {
              try (Spool spool = new Spool(directory, PLENTY, 1_000_000)) {
                for (SchemaRow row : unlisted()) {
                  spool.add(row);
                }
              }
            })
        .isInstanceOf(TooLargeException.class);
  }
}
