package io.tas.dbhub.systemtest.faults;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes ten minutes of an outage pass in seconds. What is done about it stays the same. */
final class ShorterDurations extends WorkflowOutboundCallsInterceptorBase {
  /** Longer than any activity takes on a busy machine, so that none is given up that still acts. */
  private static final Duration SHORTEST_CALL = Duration.ofSeconds(6);

  private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

  /** Enough for a call that hangs, a worker that is started again, and one more call. */
  private static final Duration GIVE_UP = Duration.ofSeconds(20);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final int FASTER = 4;

  ShorterDurations(WorkflowOutboundCallsInterceptor next) {
    super(next);
  }

  @Override
  public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
    return super.executeActivity(
        new ActivityInput<>(
            input.getActivityName(),
            input.getResultClass(),
            input.getResultType(),
            input.getArgs(),
            shorter(input.getOptions()),
            input.getHeader()));
  }

  private static ActivityOptions shorter(ActivityOptions options) {
    ActivityOptions.Builder builder = ActivityOptions.newBuilder(options);
    @Nullable Duration call = options.getStartToCloseTimeout();
    if (call != null) {
      builder.setStartToCloseTimeout(
          shorter(longer(call.dividedBy(FASTER), SHORTEST_CALL), LONGEST_CALL));
    }
    @Nullable Duration all = options.getScheduleToCloseTimeout();
    if (all != null) {
      builder.setScheduleToCloseTimeout(shorter(all, GIVE_UP));
    }
    @Nullable RetryOptions retries = options.getRetryOptions();
    if (retries != null && retries.getMaximumInterval() != null) {
      builder.setRetryOptions(
          RetryOptions.newBuilder(retries)
              // Temporal refuses a first pause that is longer than the longest.
              .setInitialInterval(shorter(retries.getInitialInterval(), LONGEST_PAUSE))
              .setMaximumInterval(shorter(retries.getMaximumInterval(), LONGEST_PAUSE))
              .build());
    }
    return builder.build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
