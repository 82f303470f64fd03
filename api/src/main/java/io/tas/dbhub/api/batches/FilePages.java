package io.tas.dbhub.api.batches;

import io.tas.dbhub.api.batches.file.FileRow;
import io.tas.dbhub.api.batches.file.RowReader;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.NewRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a file. */
final class FilePages implements RowPages {
  private final RowReader file;
  private final RowCheck check;
  private long number;

  FilePages(RowReader file, RowCheck check) {
    this.file = file;
    this.check = check;
  }

  @Override
  public List<NewRow> next() throws IOException {
    List<NumberedRow> page = new ArrayList<>();
    while (page.size() < SIZE) {
      Optional<FileRow> row = file.next();
      if (row.isEmpty()) {
        break;
      }
      if (++number > Batches.MOST_ROWS) {
        throw new ProblemException(
            FailureType.TOO_LARGE, "A batch has at most " + Batches.MOST_ROWS + " rows.");
      }
      page.add(new NumberedRow(number, row.get()));
    }
    return page.isEmpty() ? List.of() : check.check(page);
  }
}
