package io.tas.dbhub.workflows.batch;

import io.tas.dbhub.core.batch.BatchProgress;
import io.tas.dbhub.core.batch.BatchState;
import io.tas.dbhub.core.batch.RowState;

/** Counts what the rows of a batch come to since somebody ran it. */
final class BatchTally {
  private long done;
  private long failed;
  private long attention;

  BatchTally(BatchProgress before) {
    done = before.done();
    failed = before.failed();
    attention = before.attention();
  }

  void count(RowState state) {
    switch (state) {
      case DONE, UNCHANGED -> done++;
      case ATTENTION -> attention++;
      // A row that was not done has failed, whatever it is called.
      case FAILED, INVALID, PENDING, RUNNING -> failed++;
    }
  }

  /**
   * @param stopAfter 0 for never
   */
  boolean stops(int stopAfter) {
    return stopAfter > 0 && failed >= stopAfter;
  }

  /** When all rows were tried. */
  BatchState outcome() {
    return BatchState.tried(failed, attention);
  }

  BatchProgress progress(long afterRow, boolean paused) {
    return new BatchProgress(afterRow, done, failed, attention, paused);
  }

  String words(int underway) {
    return "%d rows done, %d failed, %d need attention, %d under way."
        .formatted(done, failed, attention, underway);
  }
}
