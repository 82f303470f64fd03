package io.tas.dbhub.activities.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.activities.journal.JournalFailures;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.schedule.RowDifference;
import io.tas.dbhub.core.schedule.WebhookOrder;
import io.tas.dbhub.core.schedule.WebhookRules;
import io.tas.dbhub.core.schedule.Webhooks;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.sealing.UnsealableException;
import io.tas.dbhub.storage.journal.KeptResult;
import io.tas.dbhub.storage.journal.ScheduleResult;
import io.tas.dbhub.storage.journal.ScheduleResults;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to the hosts that the operator allows, follows no redirect and reads no answer but
 * its status. Thread-safe.
 */
public final class HttpWebhooks implements Webhooks {
  private static final Logger LOG = LoggerFactory.getLogger(HttpWebhooks.class);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScheduleResults results;
  private final CredentialSealer sealer;
  private final Set<String> allowed;
  private final Clock clock;
  private final HttpClient http;

  /**
   * @param allowed see {@link WebhookRules#violation}
   */
  public HttpWebhooks(
      ScheduleResults results, CredentialSealer sealer, Set<String> allowed, Clock clock) {
    this(results, sealer, allowed, clock, HttpClient.newBuilder());
  }

  HttpWebhooks(
      ScheduleResults results,
      CredentialSealer sealer,
      Set<String> allowed,
      Clock clock,
      HttpClient.Builder http) {
    this.results = results;
    this.sealer = sealer;
    this.allowed = Set.copyOf(allowed);
    this.clock = clock;
    this.http =
        http.version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public void tell(WebhookOrder order) {
    String url = order.webhook().url();
    Optional<String> violation = WebhookRules.violation(url, allowed);
    if (violation.isPresent()) {
      throw Failures.of(FailureType.INVALID, "the webhook's address " + violation.get());
    }
    Optional<KeptResult> kept = find(order);
    if (kept.isEmpty()) {
      // It is forgotten already: there is nothing to tell.
      return;
    }
    send(order, URI.create(url), secret(order), body(order, kept.get().result()));
  }

  private Optional<KeptResult> find(WebhookOrder order) {
    return JournalFailures.translate(
        () -> results.find(order.database().scope(), order.scheduleId(), order.resultId()));
  }

  private String secret(WebhookOrder order) {
    SealedCredentials sealed = order.webhook().secret();
    if (sealed == null) {
      throw Failures.of(FailureType.INVALID, "the webhook has no secret");
    }
    try {
      return sealer
          .open(sealed, order.database().scope().tenantId(), order.scheduleId())
          .password();
    } catch (UnsealableException e) {
      throw Failures.of(FailureType.UNSEALABLE, "the webhook's secret does not open");
    }
  }

  /** Evidence only: what the rows are is for those who may query the database. */
  private String body(WebhookOrder order, ScheduleResult result) {
    ObjectNode message = JSON.createObjectNode();
    message.put("type", "schedule.query." + result.status().wireName());
    message.put("timestamp", clock.instant().toString());
    ObjectNode data = message.putObject("data");
    data.put("schedule_id", order.scheduleId());
    data.put("schedule", order.schedule());
    data.put("run_id", result.runId());
    data.put("database_id", result.databaseId());
    data.put("result_id", result.id());
    data.put("status", result.status().wireName());
    data.put("code", result.code());
    data.put("query_hash", "sha256:" + result.sha256());
    data.put("started_at", result.startedAt().toString());
    data.put("duration_ms", result.durationMs());
    data.put("row_count", result.rows());
    data.put("truncated", result.truncated());
    RowDifference difference = result.difference();
    if (difference != null) {
      data.put("added", difference.added());
      data.put("removed", difference.removed());
    }
    data.put("address", "/api/v1/schedules/" + order.scheduleId() + "/results/" + result.id());
    return message.toString();
  }

  private void send(WebhookOrder order, URI url, String secret, String body) {
    long now = clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("User-Agent", "dbhub-control-plane")
            .header("webhook-id", order.resultId())
            .header("webhook-timestamp", Long.toString(now))
            .header("webhook-signature", WebhookSignature.of(secret, order.resultId(), now, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status;
    try {
      HttpResponse<InputStream> answer =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      status = answer.statusCode();
    } catch (IOException e) {
      LOG.warn("the webhook of schedule {} was not reached", order.scheduleId());
      throw Failures.of(FailureType.TARGET_FAILED, "the webhook was not reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.of(FailureType.WORKER_UNAVAILABLE, "the worker is being stopped");
    }
    if (status / 100 != 2) {
      LOG.warn("the webhook of schedule {} answered {}", order.scheduleId(), status);
      throw Failures.of(FailureType.TARGET_FAILED, "the webhook answered " + status);
    }
  }
}
