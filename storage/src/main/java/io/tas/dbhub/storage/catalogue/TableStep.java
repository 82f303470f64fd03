package io.tas.dbhub.storage.catalogue;

import io.tas.dbhub.core.schema.SchemaDifference;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.core.schema.TableChange;
import io.tas.dbhub.core.schema.TableDigest;
import io.tas.dbhub.core.schema.TableName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a version does to one table. It is told against what the table was before the version,
 * whatever an attempt before wrote of it: doing it again comes to the same.
 *
 * @param name of the table
 * @param before the version; null for a table that was not there
 * @param now in the catalogue; null for a table that is not there
 * @param touched whether this version wrote it already
 * @param wanted null for a table that is to go
 */
record TableStep(
    TableName name,
    @Nullable TableState before,
    @Nullable TableState now,
    boolean touched,
    @Nullable SchemaTable wanted) {

  /**
   * @param past what this version already made past of it; null for nothing
   */
  static TableStep of(
      SchemaVersionRef version,
      TableName name,
      @Nullable TableState now,
      @Nullable TableState past,
      @Nullable SchemaTable wanted) {
    boolean written = now != null && now.validFrom().equals(version.foundAt());
    TableState before = past != null || written ? past : now;
    return new TableStep(name, before, now, past != null || written, wanted);
  }

  String key() {
    return TableKey.of(name);
  }

  /** Whether the catalogue says already what it is to say. */
  boolean done() {
    return wanted == null
        ? now == null
        : now != null && now.digest().equals(TableDigest.of(wanted));
  }

  /** Whether it comes to what it was before the version. */
  boolean same() {
    return before == null
        ? wanted == null
        : wanted != null && before.digest().equals(TableDigest.of(wanted));
  }

  /** Since when it is what is wanted. */
  Instant validFrom(SchemaVersionRef version) {
    return before != null && same() ? before.validFrom() : version.foundAt();
  }

  /** Not of one that is the same. */
  TableChange change(TableJson json) {
    if (before == null) {
      return TableChange.added(name);
    }
    return wanted == null
        ? TableChange.removed(name)
        : SchemaDifference.between(json.table(before.definition(), null), wanted);
  }
}
