package io.tas.dbhub.activities.schedule;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.temporal.api.schedule.v1.SchedulePatch;
import io.temporal.api.workflowservice.v1.PatchScheduleRequest;
import io.temporal.client.WorkflowClient;
import java.util.UUID;

/** Pauses a schedule. Thread-safe. */
final class SchedulePausing {
  private final WorkflowClient temporal;

  SchedulePausing(WorkflowClient temporal) {
    this.temporal = temporal;
  }

  /** One that is gone is fine. */
  void pause(String scheduleId, String note) {
    try {
      temporal
          .getWorkflowServiceStubs()
          .blockingStub()
          .patchSchedule(
              PatchScheduleRequest.newBuilder()
                  .setNamespace(temporal.getOptions().getNamespace())
                  .setScheduleId(scheduleId)
                  .setPatch(SchedulePatch.newBuilder().setPause(note))
                  .setRequestId(UUID.randomUUID().toString())
                  .build());
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw Failures.of(FailureType.TEMPORAL_UNAVAILABLE, "the schedule cannot be paused");
      }
    }
  }
}
