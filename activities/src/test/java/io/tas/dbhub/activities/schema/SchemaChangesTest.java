package io.tas.dbhub.activities.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.ColumnType;
import io.tas.dbhub.core.schema.SchemaColumn;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableDigest;
import io.tas.dbhub.core.schema.TableKind;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.catalogue.StoredTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaChangesTest {
  private static final TableName ORDERS = new TableName("public", "orders");
  private static final TableName GONE = new TableName("public", "gone");

  @Test
  void addedAlteredAndRemovedTablesAreCountedAndTold() {
    SchemaChanges changes =
        new SchemaChanges(
            Map.of(
                ORDERS,
                new StoredTable("another digest", null),
                GONE,
                new StoredTable("digest", null),
                new TableName("public", "same"),
                stored(table("same", null))));

    changes.found(table("orders", null));
    changes.found(table("same", null));
    changes.found(table("new", null));

    assertThat(changes.totals()).isEqualTo(new ChangeTotals(1, 1, 1));
    assertThat(changes.removed()).containsExactly(GONE);
    assertThat(changes.isNewOrAltered(ORDERS)).isTrue();
    assertThat(changes.isNewOrAltered(new TableName("public", "new"))).isTrue();
    assertThat(changes.isNewOrAltered(new TableName("public", "same"))).isFalse();
  }

  @Test
  void theDigestIsOfWhatWasFoundInWhateverOrder() {
    SchemaChanges one = new SchemaChanges(Map.of());
    one.found(table("a", 1L));
    one.found(table("b", 2L));
    SchemaChanges other = new SchemaChanges(Map.of(GONE, new StoredTable("x", null)));
    other.found(table("b", 3L));
    other.found(table("a", null));

    assertThat(one.digest()).isEqualTo(other.digest());
  }

  @ParameterizedTest
  @CsvSource({
    "100, 199, false",
    "100, 200, true",
    "100, 51, false",
    "100, 50, true",
    "0, 0, false",
    "0, 1, true",
    "1, 0, true",
    ", 5, true",
    "5, , false",
    ", , false"
  })
  void anEstimateIsWrittenWhenItIsTwiceOrHalf(
      @Nullable Long known, @Nullable Long now, boolean written) {
    SchemaTable table = table("orders", now);
    SchemaChanges changes =
        new SchemaChanges(Map.of(ORDERS, new StoredTable(TableDigest.of(table), known)));

    changes.found(table);

    assertThat(changes.totals()).isEqualTo(ChangeTotals.NONE);
    assertThat(changes.estimates().containsKey(ORDERS)).isEqualTo(written);
  }

  private static StoredTable stored(SchemaTable table) {
    return new StoredTable(TableDigest.of(table), table.rows());
  }

  private static SchemaTable table(String name, @Nullable Long rows) {
    return new SchemaTable(
        new TableName("public", name),
        TableKind.TABLE,
        null,
        rows,
        List.of(new SchemaColumn("id", 1, "integer", ColumnType.INTEGER, false, null, null)),
        List.of(),
        List.of(),
        List.of());
  }
}
