package io.tas.dbhub.activities.schema;

import io.tas.dbhub.core.schema.ChangeTotals;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableDigest;
import io.tas.dbhub.core.schema.TableName;
import io.tas.dbhub.storage.catalogue.StoredTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a target has, against what the catalogue has. Is told every table once, in any order, and
 * keeps names and digests only. Of one thread.
 */
final class SchemaChanges {
  private final Map<TableName, StoredTable> stored;
  private final Map<TableName, String> found = new HashMap<>();
  private final Map<TableName, Long> estimates = new HashMap<>();
  private final Set<TableName> written = new HashSet<>();
  private long added;

  SchemaChanges(Map<TableName, StoredTable> stored) {
    this.stored = stored;
  }

  void found(SchemaTable table) {
    String digest = TableDigest.of(table);
    found.put(table.name(), digest);
    StoredTable known = stored.get(table.name());
    if (known == null) {
      added++;
      written.add(table.name());
    } else if (!known.digest().equals(digest)) {
      written.add(table.name());
    } else if (moved(known.rows(), table.rows())) {
      estimates.put(table.name(), table.rows());
    }
  }

  /** Estimates change all the time: worth writing is one that is twice or half of what is known. */
  private static boolean moved(@Nullable Long known, @Nullable Long now) {
    if (now == null || known == null) {
      return now != null;
    }
    return now >= 2 * known ? now > known : known >= 2 * now;
  }

  /** Whether a table has to be written. */
  boolean isNewOrAltered(TableName name) {
    return written.contains(name);
  }

  List<TableName> removed() {
    List<TableName> gone = new ArrayList<>();
    stored
        .keySet()
        .forEach(
            name -> {
              if (!found.containsKey(name)) {
                gone.add(name);
              }
            });
    return gone;
  }

  /** Of tables that did not change otherwise. */
  Map<TableName, Long> estimates() {
    return estimates;
  }

  ChangeTotals totals() {
    return new ChangeTotals(added, removed().size(), written.size() - added);
  }

  /** Of all that was found. */
  String digest() {
    return TableDigest.ofAll(found);
  }
}
