package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.api.temporal.UpdateAnswer;
import io.tas.dbhub.core.connectiontest.TestRequest;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.start.WorkflowStart;
import io.tas.dbhub.core.start.WorkflowStarts;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tries connections: saved ones through their health workflow, others through one of their own. */
final class ConnectionChecks {
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** The test goes on a little: whoever looks at it in Temporal sees its own end. */
  private static final Duration TO_END = Duration.ofSeconds(15);

  private final TemporalGateway temporal;
  private final CredentialSealer sealer;
  private final Duration testWithin;

  ConnectionChecks(TemporalGateway temporal, CredentialSealer sealer, Duration testWithin) {
    this.temporal = temporal;
    this.sealer = sealer;
    this.testWithin = testWithin;
  }

  /**
   * @throws ProblemException Timeout when the check is still going when it is time to answer
   */
  CheckResult checkNow(Database database) {
    UpdateAnswer<CheckResult> answer =
        temporal.updateWithStart(
            WorkflowStarts.monitor(database), "checkNow", CheckResult.class, testWithin);
    if (answer instanceof UpdateAnswer.Settled<CheckResult> settled) {
      return settled.value().orElseThrow();
    }
    throw late();
  }

  /**
   * @throws ProblemException Timeout when the test is still going when it is time to answer
   */
  Diagnosis test(Caller caller, DatabaseRules.Accepted accepted) {
    String testId = DatabaseIds.random();
    TestRequest request =
        new TestRequest(
            testId,
            caller.scope(),
            accepted.target(),
            sealer.seal(accepted.credentials(), caller.scope().tenantId(), testId));
    WorkflowStart start = WorkflowStarts.test(request, caller.requester(), testWithin.plus(TO_END));
    // Longer than the wait itself: its end is told apart from a Temporal that does not answer.
    return temporal.within(
        testWithin.plus(GRACE),
        () -> {
          WorkflowStub stub =
              temporal.client().newUntypedWorkflowStub(start.type(), start.options());
          stub.start(start.request());
          try {
            return stub.getResult(testWithin.toMillis(), TimeUnit.MILLISECONDS, Diagnosis.class);
          } catch (TimeoutException e) {
            throw late();
          }
        });
  }

  private static ProblemException late() {
    return new ProblemException(FailureType.TIMEOUT, "The test has not ended in time.")
        .withSuggestion("Choose a shorter connection_timeout, or look again later.");
  }
}
