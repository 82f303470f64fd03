package io.tas.dbhub.activities.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tas.dbhub.activities.jdbc.Certificates;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.schedule.Webhook;
import io.tas.dbhub.core.schedule.WebhookOrder;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.storage.journal.Journal;
import io.tas.dbhub.storage.journal.KeptRows;
import io.tas.dbhub.storage.journal.ScheduleResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages to a server with TLS on this machine. */
class HttpWebhooksTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Scope SCOPE = new Scope("acme", "sales");

  private record Received(Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.get(name).get(0);
    }
  }

  @TempDir private Path directory;
  private final String schedule = UUID.randomUUID().toString();
  private final DatabaseRef database = new DatabaseRef(UUID.randomUUID().toString(), SCOPE);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final ScheduleResult result =
      ScheduleResult.asked(
              UUID.randomUUID().toString(),
              SCOPE,
              schedule,
              database.id(),
              "run",
              "0a".repeat(32),
              Instant.parse("2026-05-05T12:00:00Z"))
          .succeeded(12, 1, false, null);
  private int status = 204;
  private HttpsServer server;
  private Journal journal;
  private CredentialSealer sealer;
  private Certificates certificates;

  @BeforeEach
  void start() throws Exception {
    KeyRing.generate(directory.resolve("keys"));
    sealer = KeyRing.load(directory.resolve("keys")).sealer();
    journal = Journal.open("jdbc:sqlite:" + directory.resolve("journal.db"), "", "");
    journal.migrate();
    journal
        .scheduleResults()
        .end(result, new KeptRows("[]", List.of("[\"secret row\"]")), 10, null);
    certificates = new Certificates(directory);
    certificates.issue("hook", "dns:localhost", "-1d", 10);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.server("hook")));
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    journal.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    received.add(
        new Received(
            exchange.getRequestHeaders(),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    exchange.getResponseHeaders().add("Location", "https://localhost:1/elsewhere");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Test
  void theEvidenceArrivesSignedAndNoRowDoes() throws Exception {
    webhooks(Set.of("localhost:" + port())).tell(order(url()));

    Received message = received.get(0);
    assertThat(message.header("Webhook-id")).isEqualTo(result.id());
    long timestamp = Long.parseLong(message.header("Webhook-timestamp"));
    assertThat(message.header("Webhook-signature"))
        .isEqualTo(WebhookSignature.of(SECRET, result.id(), timestamp, message.body()));
    JsonNode body = new ObjectMapper().readTree(message.body());
    assertThat(body.path("type").asText()).isEqualTo("schedule.query.succeeded");
    assertThat(body.at("/data/row_count").asInt()).isEqualTo(1);
    assertThat(body.at("/data/address").asText())
        .isEqualTo("/api/v1/schedules/" + schedule + "/results/" + result.id());
    assertThat(message.body()).doesNotContain("secret row").doesNotContain(SECRET);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    status = 302;

    assertThatThrownBy(() -> webhooks(Set.of("localhost:" + port())).tell(order(url())))
        .satisfies(
            thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.TARGET_FAILED));

    assertThat(received).hasSize(1);
  }

  @Test
  void aHostThatIsNotAllowedAnyMoreIsNotAsked() throws Exception {
    HttpWebhooks webhooks = webhooks(Set.of("hooks.example.com"));

    assertThatThrownBy(() -> webhooks.tell(order(url())))
        .satisfies(thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.INVALID));

    assertThat(received).isEmpty();
  }

  @Test
  void aSecretOfAnotherScheduleDoesNotOpen() throws Exception {
    WebhookOrder order = order(url());
    WebhookOrder stolen =
        new WebhookOrder(
            schedule,
            order.schedule(),
            database,
            order.resultId(),
            new Webhook(
                url(), sealer.seal(new Credentials("", SECRET), "acme", "another schedule")));

    assertThatThrownBy(() -> webhooks(Set.of("localhost:" + port())).tell(stolen))
        .satisfies(thrown -> assertThat(Failures.typeOf(thrown)).isEqualTo(FailureType.UNSEALABLE));
  }

  private HttpWebhooks webhooks(Set<String> allowed) throws Exception {
    return new HttpWebhooks(
        journal.scheduleResults(),
        sealer,
        allowed,
        Clock.systemUTC(),
        HttpClient.newBuilder().sslContext(certificates.client()));
  }

  private WebhookOrder order(String url) {
    return new WebhookOrder(
        schedule,
        "nightly",
        database,
        result.id(),
        new Webhook(url, sealer.seal(new Credentials("", SECRET), "acme", schedule)));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private String url() {
    return "https://localhost:" + port() + "/hook";
  }
}
