package io.tas.dbhub.workflows.health;

import static io.tas.dbhub.workflows.steps.ActivityOptionSets.probe;
import static io.tas.dbhub.workflows.steps.ActivityOptionSets.quiet;
import static io.tas.dbhub.workflows.steps.ActivityOptionSets.record;

import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.HealthJudge;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.health.InventoryHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.tas.dbhub.core.health.ProbeActivities;
import io.tas.dbhub.core.health.ProbeFigures;
import io.tas.dbhub.core.health.ProbeOutcome;
import io.tas.dbhub.core.health.ProbeRequest;
import io.tas.dbhub.core.health.QuietCheck;
import io.tas.dbhub.core.health.QuietChecks;
import io.tas.dbhub.core.health.ResourceStatus;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.names.Reasons;
import io.tas.dbhub.core.names.SearchAttributes;
import io.tas.dbhub.core.names.TaskQueues;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One check of a connection after another: probe, judge, write down. Remembers the last one. */
final class HealthCheck {
  private static final String PAUSED = "Paused: neither probed nor served.";
  private static final String MISSING =
      "The Database resource is missing. Repair puts it back, or delete the database.";

  /** The change that made a monitor tell of a resource that was taken away by hand. */
  private static final String TELLS_OF_MISSING = "tells-of-missing-resource";

  /** The change that made a monitor check quietly what works. */
  private static final String QUIET_CHECKS = "quiet-checks";

  /** What answers later may be far away, and is given its time by an ordinary check. */
  private static final int QUICK_MILLIS = 200;

  /** How soon a resource whose place in the inventory is not settled is looked at again. */
  private static final Duration UNSETTLED_AGAIN = Duration.ofMinutes(1);

  private final MonitorRequest request;
  private final ManifestFollower manifest;
  private final ProbeActivities probes =
      Workflow.newActivityStub(ProbeActivities.class, probe("Probe"));
  private final QuietChecks quietly = Workflow.newLocalActivityStub(QuietChecks.class, quiet());
  private final ResourceStatus resourceStatus =
      Workflow.newActivityStub(ResourceStatus.class, record(TaskQueues.KUBERNETES));
  private final InventoryHealth inventory =
      Workflow.newActivityStub(InventoryHealth.class, record(TaskQueues.INVENTORY));

  private HealthState state;
  private HealthPolicy policy = HealthPolicy.defaults();
  private @Nullable Diagnosis diagnosis;
  private @Nullable ApplicationFailure incomplete;

  HealthCheck(MonitorRequest request, ManifestFollower manifest) {
    this.request = request;
    this.manifest = manifest;
    HealthState carried = request.state();
    this.state = carried == null ? HealthState.unknown() : carried;
  }

  HealthState state() {
    return state;
  }

  void pause(boolean paused) {
    state = state.paused(paused);
  }

  /** What the last check found; throws where it could not be completed. */
  CheckResult result() {
    if (incomplete != null) {
      throw incomplete;
    }
    return new CheckResult(state.status(), state.message(), diagnosis);
  }

  /**
   * How long to wait before the next one.
   *
   * @param first monitors that were started together must not probe together for ever after
   */
  Duration pauseBefore(boolean first) {
    double random = Workflow.newRandom().nextDouble();
    Duration pause =
        first
            ? HealthJudge.firstDelay(state, policy, random)
            : HealthJudge.nextDelay(state, policy, random);
    return manifest.unsettled() && pause.compareTo(UNSETTLED_AGAIN) > 0 ? UNSETTLED_AGAIN : pause;
  }

  /**
   * Makes one. What could not be had or written is not about the target: the next check tries
   * again.
   *
   * @param fresh whether the connection may be another than the one last judged
   * @param asked whether somebody waits for it
   * @return whether there is anything to check
   */
  boolean made(boolean fresh, boolean asked) {
    boolean periodic = !fresh && !asked && state.status() == DatabaseStatus.CONNECTED;
    incomplete = null;
    if (fresh || asked) {
      // Until a probe gets as far as to ask, the next one has to.
      state = state.loginDue();
    }
    if (periodic && worksStill()) {
      return true;
    }
    try {
      ProbeOutcome outcome =
          probes.probe(
              new ProbeRequest(request.resource(), request.uid(), periodic, state.login()));
      boolean there = !outcome.gone() && (outcome.paused() || outcome.diagnosis() != null);
      if (there) {
        take(outcome, fresh);
      }
      return there;
    } catch (ActivityFailure refused) {
      leave(refused);
      return true;
    }
  }

  /** Whether there is nothing to tell but the time of the check, which is written down then. */
  private boolean worksStill() {
    DatabaseRef database = request.database();
    Instant now = now();
    if (database == null || !quick() || statusLags(now) || !checksQuietly()) {
      return false;
    }
    try {
      return quietly.worksStill(new QuietCheck(request.resource(), database, state, policy, now));
    } catch (ActivityFailure unclear) {
      return false;
    }
  }

  /** As the last ordinary check of this run has found; the first of a run is one. */
  private boolean quick() {
    Diagnosis last = diagnosis;
    return last != null && last.durationMillis() <= QUICK_MILLIS;
  }

  private boolean statusLags(Instant now) {
    return manifest.unsettled() || HealthJudge.worthWriting(state, state, policy, now);
  }

  private static boolean checksQuietly() {
    return Workflow.getVersion(QUIET_CHECKS, Workflow.DEFAULT_VERSION, 1)
        != Workflow.DEFAULT_VERSION;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  /**
   * Who takes a connection away stops its monitor first. So a managed resource that is gone was
   * taken away by hand, and its node has to say so.
   *
   * @return whether there is nothing left to tell
   */
  boolean toldOfMissing() {
    if (request.database() == null || !tellsOfMissing()) {
      return true;
    }
    state = state.found(DatabaseStatus.FAILED, MISSING, 0, 0, 0);
    diagnosis = null;
    try {
      inventory.recordHealth(report(null, Reasons.RESOURCE_MISSING, false));
      return true;
    } catch (ActivityFailure refused) {
      leave(refused);
      return false;
    }
  }

  private void leave(ActivityFailure refused) {
    incomplete =
        Failures.of(
            Failures.typeOf(refused), "The check could not be completed; it will be repeated.");
    Workflow.setCurrentDetails("The last check could not be completed; it will be repeated.");
  }

  private static boolean tellsOfMissing() {
    return Workflow.getVersion(TELLS_OF_MISSING, Workflow.DEFAULT_VERSION, 1)
        != Workflow.DEFAULT_VERSION;
  }

  private void take(ProbeOutcome outcome, boolean fresh) {
    policy = outcome.policy();
    diagnosis = outcome.diagnosis();
    // First, so that the node is there for what is found.
    boolean news = manifest.follow(outcome.claim(), policy.statusRefresh());
    Diagnosis found = outcome.diagnosis();
    if (found == null) {
      setAside(outcome, fresh, news);
    } else {
      HealthState judged =
          HealthJudge.judge(state, policy, fresh, outcome.generation(), found)
              .login(outcome.login());
      write(judged, outcome.digest(), HealthJudge.reason(judged, found), news);
    }
  }

  /**
   * Written once, and after each change: the node may say meanwhile that a part is missing. A write
   * that was refused is tried again like any other check.
   */
  private void setAside(ProbeOutcome outcome, boolean fresh, boolean news) {
    if (!fresh && !news && state.setAside() && state.generation() == outcome.generation()) {
      return;
    }
    write(
        state.found(DatabaseStatus.PENDING, PAUSED, 0, 0, outcome.generation()),
        outcome.digest(),
        Reasons.PAUSED,
        news);
    state = state.setAside(true);
  }

  /** The connection's node; null where there is none. */
  private @Nullable DatabaseRef node() {
    DatabaseRef managed = request.database();
    return managed == null ? manifest.node() : managed;
  }

  private HealthReport report(@Nullable String digest, @Nullable String reason, boolean unchanged) {
    return new HealthReport(
        request.resource(),
        node(),
        state.status(),
        state.message(),
        state.generation(),
        now(),
        digest,
        reason,
        request.uid(),
        manifest.result(),
        unchanged,
        state.login(),
        diagnosis == null
            ? null
            : new ProbeFigures(diagnosis.reachable(), diagnosis.durationMillis()));
  }

  /**
   * @param news whether the resource's status has to be written whatever was found
   */
  private void write(HealthState found, @Nullable String digest, String reason, boolean news) {
    HealthState before = state;
    state = found;
    boolean written = before.statusWrittenAtMillis() > 0;
    HealthReport report =
        report(digest, reason, !news && written && HealthJudge.same(before, state));
    Instant now = report.checkedAt();
    List<Promise<Void>> writes = new ArrayList<>();
    if (node() != null) {
      writes.add(Async.procedure(inventory::recordHealth, report));
    }
    boolean worthWriting = news || HealthJudge.worthWriting(before, state, policy, now);
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
