package io.tas.dbhub.api.batches;

import io.tas.dbhub.storage.journal.NewRow;
import java.io.IOException;
import java.util.List;

/** The rows of a batch as they are read and checked, page by page. For one thread. */
interface RowPages {
  /** How many are held at a time. */
  int SIZE = 500;

  /**
   * The next ones; none after the last page.
   *
   * @throws IOException when what they are read from does not come to its end
   */
  List<NewRow> next() throws IOException;
}
