package io.tas.dbhub.api.schedules;

import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.schedule.ScheduleDefinition;
import io.tas.dbhub.core.schedule.ScheduledQuery;
import io.tas.dbhub.core.schedule.Webhook;
import io.tas.dbhub.core.schedule.WebhookRules;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.SealedCredentials;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The webhooks of schedules, and the secrets that their messages are signed with. Thread-safe. */
final class ScheduleWebhooks {
  private static final String PREFIX = "whsec_";
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Set<String> allowed;
  private final CredentialSealer sealer;

  /**
   * @param allowed see {@link WebhookRules#violation}
   */
  ScheduleWebhooks(Set<String> allowed, CredentialSealer sealer) {
    this.allowed = Set.copyOf(allowed);
    this.sealer = sealer;
  }

  /** What is wrong with the address. */
  List<Violation> check(@Nullable ScheduledQuery query) {
    return webhook(query)
        .flatMap(webhook -> WebhookRules.violation(webhook.url(), allowed))
        .map(message -> List.of(new Violation("webhook.url", message)))
        .orElse(List.of());
  }

  /**
   * The same with a secret, where there is a webhook.
   *
   * @param before what it was: its secret stays
   */
  ScheduleDefinition withSecret(
      ScheduleDefinition definition,
      String tenantId,
      String scheduleId,
      @Nullable ScheduledQuery before) {
    ScheduledQuery query = definition.query();
    Optional<Webhook> webhook = webhook(query);
    if (query == null || webhook.isEmpty()) {
      return definition;
    }
    SealedCredentials secret =
        webhook(before)
            .map(Webhook::secret)
            .orElseGet(() -> sealer.seal(fresh(), tenantId, scheduleId));
    return definition.asking(query.telling(new Webhook(webhook.get().url(), secret)));
  }

  private static Credentials fresh() {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new Credentials("", PREFIX + Base64.getEncoder().encodeToString(secret));
  }

  /** In clear, for who has just made it; null where there is none. */
  @Nullable String secret(StoredSchedule schedule) {
    return webhook(schedule.request().definition().query())
        .map(Webhook::secret)
        .map(
            secret ->
                sealer
                    .open(secret, schedule.request().scope().tenantId(), schedule.id())
                    .password())
        .orElse(null);
  }

  private static Optional<Webhook> webhook(@Nullable ScheduledQuery query) {
    return Optional.ofNullable(query).map(ScheduledQuery::webhook);
  }
}
