package io.tas.dbhub.worker;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Begins no attempt that Temporal would give up in its middle. A step that is tried for ten minutes
 * is undone then, whatever its last attempt is just doing: had that attempt not ended, it could
 * take effect after it was undone. So an attempt that has less time than every attempt is given
 * does nothing at all.
 */
public final class NoLateAttempts extends WorkerInterceptorBase {
  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new InTime(next);
  }

  private static final class InTime extends ActivityInboundCallsInterceptorBase {
    private @Nullable ActivityInfo activity;

    InTime(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      activity = context.getInfo();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      ActivityInfo info = activity;
      if (info != null && info.getAttempt() > 1 && late(info)) {
        throw Failures.of(FailureType.TIMEOUT, "The step was not done in the time it has.");
      }
      return super.execute(input);
    }

    /** By the server's clock, which told both times. */
    private static boolean late(ActivityInfo info) {
      Duration all = info.getScheduleToCloseTimeout();
      Duration passed =
          Duration.ofMillis(info.getStartedTimestamp() - info.getScheduledTimestamp());
      return !all.isZero() && all.minus(passed).compareTo(info.getStartToCloseTimeout()) < 0;
    }
  }
}
