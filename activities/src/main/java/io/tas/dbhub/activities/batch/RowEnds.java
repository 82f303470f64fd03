package io.tas.dbhub.activities.batch;

import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.journal.RowEnd;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of rows. */
final class RowEnds {
  private RowEnds() {}

  static RowEnd done(@Nullable String operation) {
    return new RowEnd(RowState.DONE, "", "", operation);
  }

  static RowEnd unchanged(String message) {
    return new RowEnd(RowState.UNCHANGED, "", message, null);
  }

  static RowEnd failed(FailureType type, String message) {
    return new RowEnd(RowState.FAILED, type.wireName(), message, null);
  }

  /** There is none, as far as who asks may know. */
  static RowEnd unknown() {
    return failed(FailureType.NOT_FOUND, "There is no such database.");
  }

  static RowEnd invalid(List<Violation> violations) {
    return failed(
        FailureType.INVALID,
        violations.stream()
            .map(violation -> violation.field() + " " + violation.message())
            .collect(Collectors.joining("; ")));
  }

  static RowEnd of(OperationEnd end) {
    if (end instanceof OperationEnd.Failed failed) {
      return new RowEnd(
          RowState.FAILED, failed.type().wireName(), failed.message(), failed.operation());
    }
    if (end instanceof OperationEnd.Parked parked) {
      return new RowEnd(RowState.ATTENTION, parked.code(), parked.message(), parked.operation());
    }
    return done(end.operation());
  }
}
