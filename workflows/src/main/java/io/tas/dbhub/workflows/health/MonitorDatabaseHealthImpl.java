package io.tas.dbhub.workflows.health;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.probe;
import static io.tas.dbhub.workflows.steps.ActivityOptionSets.record;

import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.health.InventoryHealth;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.health.ProbeActivities;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.health.ResourceStatus;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.temporal.common.VersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Probe, judge, write down, wait: until the connection goes. */
public final class MonitorDatabaseHealthImpl implements MonitorDatabaseHealth {
  private static final String PAUSED = "Paused: neither probed nor served.";
  private static final String MISSING =
      "The Database resource is missing. Repair puts it back, or delete the database.";

  /** The change that made a monitor tell of a resource that was taken away by hand. */
  private static final String TELLS_OF_MISSING = "tells-of-missing-resource";

  private final MonitorRequest request;
  private final ProbeActivities probes =
      Workflow.newActivityStub(ProbeActivities.class, probe("Probe"));
  private final ResourceStatus resourceStatus =
      Workflow.newActivityStub(ResourceStatus.class, record(TaskQueues.KUBERNETES));
  private final InventoryHealth inventory =
      Workflow.newActivityStub(InventoryHealth.class, record(TaskQueues.INVENTORY));

  private HealthState state;
  private HealthPolicy policy = HealthPolicy.defaults();
  private @Nullable Diagnosis lastDiagnosis;
  private @Nullable ApplicationFailure incomplete;
  private boolean due;

  /**
   * The connection may be another than the one last judged: its next finding is believed at once.
   */
  private boolean changed;

  private boolean stopped;
  private long checksAsked;
  private long checksAnswered;

  @WorkflowInit
  public MonitorDatabaseHealthImpl(MonitorRequest request) {
    this.request = request;
    HealthState carried = request.state();
    state = carried == null ? HealthState.unknown() : carried;
    due = carried == null;
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
  public void monitor(MonitorRequest ignored) {
    while (!stopped) {
      awaitNextCheck();
      if (checkDue()) {
        check();
      }
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.await(() -> Workflow.isEveryHandlerFinished() || stopped || checkDue());
        if (!stopped && !checkDue()) {
          Workflow.continueAsNew(new MonitorRequest(request.resource(), request.database(), state));
        }
      }
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  @Override
  public CheckResult checkNow() {
    long mine = ++checksAsked;
    Workflow.await(() -> checksAnswered >= mine || stopped);
    if (incomplete != null) {
      throw incomplete;
    }
    return new CheckResult(state.status(), state.message(), lastDiagnosis);
  }

  @Override
  public void connectionChanged() {
    // Told to stop for a connection that has been made again meanwhile: go on.
    stopped = false;
    due = true;
    changed = true;
  }

  @Override
  public void pause() {
    state = state.paused(true);
  }

  @Override
  public void resume() {
    state = state.paused(false);
    due = true;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public HealthState health() {
    return state;
  }

  private void awaitNextCheck() {
    // Waiting for what is so already would start a timer, which wakes the workflow later for
    // nothing.
    if (stopped || checkDue()) {
      return;
    }
    if (state.paused() || state.setAside()) {
      Workflow.await(() -> stopped || checkDue() || !(state.paused() || state.setAside()));
      return;
    }
    Duration delay = HealthJudge.nextDelay(state, policy, Workflow.newRandom().nextDouble());
    boolean woken = Workflow.await(delay, () -> stopped || checkDue() || state.paused());
    if (!woken) {
      due = true;
    }
  }

  private boolean checkDue() {
    return checksAsked > checksAnswered || (due && !state.paused());
  }

  private void check() {
    long answers = checksAsked;
    boolean fresh = changed;
    due = false;
    changed = false;
    incomplete = null;
    try {
      ProbeOutcome outcome = probes.probe(new ProbeRequest(request.resource()));
      Diagnosis diagnosis = outcome.diagnosis();
      if (outcome.gone() || (diagnosis == null && !outcome.paused())) {
        gone();
        return;
      }
      policy = outcome.policy();
      lastDiagnosis = diagnosis;
      if (diagnosis == null) {
        setAside(outcome, fresh);
      } else {
        HealthState found =
            HealthJudge.judge(state, policy, fresh, outcome.generation(), diagnosis);
        write(found, outcome.digest());
      }
    } catch (ActivityFailure refused) {
      // Not about the target: the finding could not be had or written. The next check tries again.
      incomplete =
          Failures.of(
              Failures.typeOf(refused), "The check could not be completed; it will be repeated.");
      Workflow.setCurrentDetails("The last check could not be completed; it will be repeated.");
    }
    checksAnswered = answers;
  }

  /**
   * Who takes a connection away stops its monitor first. So a managed resource that is gone was
   * taken away by hand, and its node has to say so.
   */
  private void gone() {
    // News that came meanwhile may be of a resource made again under the name.
    if (!due && !stopped && request.database() != null && tellsOfMissing()) {
      state = state.found(DatabaseStatus.FAILED, MISSING, 0, 0, 0);
      lastDiagnosis = null;
      inventory.recordHealth(report(null));
    }
    stopped = !due;
  }

  private static boolean tellsOfMissing() {
    return Workflow.getVersion(TELLS_OF_MISSING, Workflow.DEFAULT_VERSION, 1)
        != Workflow.DEFAULT_VERSION;
  }

  /**
   * Written once, and after each change: the node may say meanwhile that a part is missing. A write
   * that was refused is tried again like any other check.
   */
  private void setAside(ProbeOutcome outcome, boolean fresh) {
    if (!fresh && state.setAside() && state.generation() == outcome.generation()) {
      return;
    }
    write(
        state.found(DatabaseStatus.PENDING, PAUSED, 0, 0, outcome.generation()), outcome.digest());
    state = state.setAside(true);
  }

  private HealthReport report(@Nullable String digest) {
    return new HealthReport(
        request.resource(),
        request.database(),
        state.status(),
        state.message(),
        state.generation(),
        Instant.ofEpochMilli(Workflow.currentTimeMillis()),
        digest);
  }

  private void write(HealthState found, @Nullable String digest) {
    HealthState before = state;
    state = found;
    HealthReport report = report(digest);
    Instant now = report.checkedAt();
    List<Promise<Void>> writes = new ArrayList<>();
    if (request.database() != null) {
      writes.add(Async.procedure(inventory::recordHealth, report));
    }
    boolean worthWriting = HealthJudge.worthWriting(before, state, policy, now);
    if (worthWriting) {
      // Until it is known to be written, the next check has to write it.
      state = state.statusWrittenAt(Instant.EPOCH);
      writes.add(Async.procedure(resourceStatus::writeResourceStatus, report));
    }
    if (before.status() != state.status()) {
      Workflow.upsertTypedSearchAttributes(
          SearchAttributes.PHASE.valueSet(state.status().wireName()));
    }
    Workflow.setCurrentDetails(
        state.status() == DatabaseStatus.CONNECTED
            ? "**Connected**"
            : "**" + state.status().wireName() + "** — " + state.message());
    Promise.allOf(writes).get();
    if (worthWriting) {
      state = state.statusWrittenAt(now);
    }
  }
}
