package io.tas.dbhub.api.batches;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.NewRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Refuses rows whose name an earlier row of the same batch has. */
final class TakenNames {
  private final Batches batches;
  private final Scope scope;
  private final String batchId;

  TakenNames(Batches batches, Scope scope, String batchId) {
    this.batches = batches;
    this.scope = scope;
    this.batchId = batchId;
  }

  /**
   * @param page of which the pages before are in the journal
   */
  List<NewRow> refuseTwice(List<NewRow> page) {
    Set<String> names = new HashSet<>();
    page.forEach(row -> names.add(row.name()));
    names.remove("");
    Set<String> taken = new HashSet<>(batches.taken(scope, batchId, names));
    List<NewRow> checked = new ArrayList<>();
    for (NewRow row : page) {
      boolean first = row.name().isEmpty() || taken.add(row.name());
      checked.add(
          first || !row.violations().isEmpty()
              ? row
              : Rows.refused(row, "name", "is the name of an earlier row of the file"));
    }
    return checked;
  }
}
