package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands around every activity, and does there what the harness has planned. */
final class FaultInterceptor extends WorkerInterceptorBase {
  private final Control control;

  FaultInterceptor(Control control) {
    this.control = control;
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(new ShorterDurations(outbound));
      }
    };
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Around(next);
  }

  private final class Around extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityInfo activity;

    Around(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      activity = context.getInfo();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      suffer(Fault.When.BEFORE);
      ActivityOutput output = super.execute(input);
      suffer(Fault.When.AFTER);
      return output;
    }

    private void suffer(Fault.When when) {
      ActivityInfo info = activity;
      if (info == null) {
        return;
      }
      control.ask(when, info).ifPresent(kind -> fail(kind, info));
    }

    private static void fail(Fault.Kind kind, ActivityInfo info) {
      switch (kind) {
        case FAILURE ->
            throw Failures.of(FailureType.KUBERNETES_REFUSED, "The harness wants it to fail.");
        case OUTAGE ->
            throw Failures.of(FailureType.KUBERNETES_UNAVAILABLE, "The harness wants an outage.");
        case HANG -> {
          outlast(info);
          throw Failures.of(FailureType.TIMEOUT, "Nobody waits for this answer any more.");
        }
        default -> throw new IllegalStateException("an activity cannot " + kind);
      }
    }

    /** Until Temporal has given the attempt up. */
    private static void outlast(ActivityInfo info) {
      long millis = info.getStartToCloseTimeout().toMillis() * 5 / 4;
      try {
        if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("nobody counts it down");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
