package io.tas.dbhub.core.schedule;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Telling others what queries came to. A message may arrive twice, with the same id.
 *
 * <p>Task queue: {@link io.tas.dbhub.core.names.TaskQueues#WEBHOOKS}.
 */
@ActivityInterface
public interface Webhooks {
  /**
   * Sends the evidence of a result, without its rows, signed as Standard Webhooks 1.0.0 says. Fails
   * with {@code TargetFailed} when it was not taken, {@code Invalid} for an address that is not
   * allowed any more, {@code Unsealable}, {@code JournalUnavailable}.
   */
  @ActivityMethod(name = "NotifyWebhook")
  void tell(WebhookOrder order);
}
