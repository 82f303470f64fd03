package io.tas.dbhub.workflows.health;

import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.health.HealthState;
import io.tas.dbhub.core.health.MonitorDatabaseHealth;
import io.tas.dbhub.core.health.MonitorRequest;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.time.Duration;

/** When a connection is checked: at once, when asked to, and when it is time; until it goes. */
public final class MonitorDatabaseHealthImpl implements MonitorDatabaseHealth {
  private final MonitorRequest request;
  private final ManifestFollower manifest;
  private final HealthCheck check;

  private boolean due;

  /** Whether nothing was waited for yet since this run began with what another had found. */
  private boolean carriedOn;

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
    this.manifest = new ManifestFollower(request);
    this.check = new HealthCheck(request, manifest);
    due = request.state() == null;
    carriedOn = !due;
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
  public void monitor(MonitorRequest ignored) {
    do {
      watch();
      manifest.letGo();
      // Made again while its node was being taken away: go on.
    } while (!stopped);
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  private void watch() {
    while (!stopped) {
      awaitNextCheck();
      if (checkDue()) {
        check();
      }
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.await(() -> Workflow.isEveryHandlerFinished() || stopped || checkDue());
        if (!stopped && !checkDue()) {
          Workflow.continueAsNew(request.carrying(check.state(), manifest.adoption()));
        }
      }
    }
  }

  @Override
  public CheckResult checkNow() {
    long mine = ++checksAsked;
    Workflow.await(() -> checksAnswered >= mine || stopped);
    return check.result();
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
    check.pause(true);
  }

  @Override
  public void resume() {
    check.pause(false);
    due = true;
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public HealthState health() {
    return check.state();
  }

  private void awaitNextCheck() {
    // Waiting for what is so already would start a timer, which wakes the workflow later for
    // nothing.
    if (stopped || checkDue()) {
      return;
    }
    if (resting()) {
      Workflow.await(() -> stopped || checkDue() || !resting());
      return;
    }
    Duration pause = check.pauseBefore(carriedOn);
    carriedOn = false;
    boolean woken = Workflow.await(pause, () -> stopped || checkDue() || check.state().paused());
    if (!woken) {
      due = true;
    }
  }

  /** Somebody paused the monitor, or set the connection aside and nothing else is to do. */
  private boolean resting() {
    return check.state().paused() || (check.state().setAside() && !manifest.unsettled());
  }

  private boolean checkDue() {
    return checksAsked > checksAnswered || (due && !check.state().paused());
  }

  private void check() {
    long answers = checksAsked;
    boolean fresh = changed;
    boolean asked = answers > checksAnswered;
    due = false;
    changed = false;
    boolean gone = !check.made(fresh, asked);
    // News that came meanwhile may be of a resource made again under the name.
    if (gone && (due || stopped || check.toldOfMissing())) {
      stopped = !due;
    } else {
      checksAnswered = answers;
    }
  }
}
