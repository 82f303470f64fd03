package io.tas.dbhub.api.batches;

import io.tas.dbhub.core.batch.BatchKind;
import io.tas.dbhub.core.batch.BatchUpdate;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.journal.NewRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says of a database that is there what would become of it. */
final class ExistingCheck {
  static final String BY_HAND = "is of a database that a Database resource made by hand describes";

  private final BatchKind kind;
  private final @Nullable BatchUpdate update;

  /**
   * @param update what an update changes; null for every other kind
   */
  ExistingCheck(BatchKind kind, @Nullable BatchUpdate update) {
    this.kind = kind;
    this.update = update;
  }

  NewRow check(long number, Database database) {
    boolean changes = kind == BatchKind.UPDATE || kind == BatchKind.DELETE;
    if (changes && database.origin() == Origin.MANIFEST) {
      return invalid(number, database, List.of(new Violation("id", BY_HAND)));
    }
    if (update == null) {
      return row(number, database, RowState.PENDING);
    }
    DatabaseRules.Outcome outcome =
        DatabaseRules.forUpdate(database.definition(), update.of(database.definition()));
    if (outcome instanceof DatabaseRules.Refused refused) {
      return invalid(number, database, refused.violations());
    }
    boolean same = ((DatabaseRules.Changed) outcome).definition().equals(database.definition());
    return row(number, database, same ? RowState.UNCHANGED : RowState.PENDING);
  }

  private static NewRow row(long number, Database database, RowState state) {
    return Rows.about(number, 0, database, null, state, List.of());
  }

  private static NewRow invalid(long number, Database database, List<Violation> violations) {
    return Rows.about(number, 0, database, null, RowState.INVALID, violations);
  }
}
