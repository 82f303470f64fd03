package io.tas.dbhub.activities.batch;

import io.tas.dbhub.core.batch.RowTask;
import io.tas.dbhub.core.start.Requester;
import io.tas.dbhub.storage.journal.RowWork;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A row that is to be worked on. */
record RowRequest(RowTask task, RowWork work) {
  /**
   * Who asks for its operation: who ran the batch, whoever made it. In every attempt the same
   * request, and another in each run.
   *
   * @param trial counts what has to be asked for anew, from 1
   */
  Requester requester(int trial) {
    String name =
        String.join(
            "\n",
            task.batchId(),
            String.valueOf(task.number()),
            String.valueOf(work.run()),
            String.valueOf(trial));
    return new Requester(
        task.standing().subject(),
        "batch " + task.batchId(),
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }
}
