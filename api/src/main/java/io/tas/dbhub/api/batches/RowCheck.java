package io.tas.dbhub.api.batches;

import io.tas.dbhub.storage.journal.NewRow;
import java.util.List;

/** Says of rows of a file what would become of them. */
interface RowCheck {
  /**
   * One page. The pages before are in the journal.
   *
   * @return as many, in the same order
   */
  List<NewRow> check(List<NumberedRow> page);
}
