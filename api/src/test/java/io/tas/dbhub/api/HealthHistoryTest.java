package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.health.HealthSample;
import io.tas.dbhub.core.health.ProbeFigures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a database fared, over REST. */
@ExtendWith(RunningApi.class)
final class HealthHistoryTest {
  private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
  private static final String PERIOD = "?from=2026-05-05T12:00:00Z&to=2026-05-05T13:00:00Z";

  private final World world;
  private final World.Tenant ours;
  private final DatabaseRef database;

  HealthHistoryTest(World world) {
    this.world = world;
    this.ours = world.tenant();
    Reply made = ours.create("orders");
    assertThat(made.status()).as(made.text()).isIn(201, 202);
    String id = made.json().path(made.status() == 201 ? "id" : "database_id").asText();
    ours.settled(id);
    this.database = new DatabaseRef(id, new Scope(ours.id, "main"));
  }

  @Test
  void figuresAndChangesOfAPeriodAreShown() {
    List<HealthSample> samples = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      samples.add(connected(NOON.plusSeconds(60L * i), 3));
    }
    samples.add(failed(NOON.plusSeconds(1800)));
    world.journal.health().append(samples);

    JsonNode shown = health(PERIOD + "&hours=true");

    assertThat(shown.path("database_id").asText()).isEqualTo(database.id());
    assertThat(shown.path("from").asText()).isEqualTo("2026-05-05T12:00:00Z");
    assertThat(shown.path("to").asText()).isEqualTo("2026-05-05T13:00:00Z");
    assertThat(shown.path("checks").asLong()).isEqualTo(10);
    assertThat(shown.path("failures").asLong()).isEqualTo(1);
    assertThat(shown.path("availability").asDouble()).isEqualTo(0.9, within(1e-9));
    assertThat(shown.at("/latency_ms/max").asLong()).isEqualTo(3);
    assertThat(shown.at("/latency_ms/p50").asLong()).isBetween(2L, 3L);
    assertThat(shown.at("/latency_ms/p99").asLong()).isEqualTo(3);
    assertThat(shown.at("/status_shares/Connected").asDouble()).isEqualTo(0.5, within(1e-9));
    assertThat(shown.at("/status_shares/Failed").asDouble()).isEqualTo(0.5, within(1e-9));
    assertThat(shown.path("changes").findValuesAsText("to")).containsExactly("Failed", "Connected");
    JsonNode failure = shown.at("/changes/0");
    assertThat(failure.path("at").asText()).isEqualTo("2026-05-05T12:30:00Z");
    assertThat(failure.path("from").asText()).isEqualTo("Connected");
    assertThat(failure.path("reason").asText()).isEqualTo("Authentication");
    assertThat(failure.path("message").asText()).isEqualTo("it was refused");
    assertThat(shown.at("/changes/1").has("from")).isFalse();
    assertThat(shown.path("hours")).hasSize(1);
    assertThat(shown.at("/hours/0/checks").asLong()).isEqualTo(10);
    assertThat(health(PERIOD).has("hours")).isFalse();
  }

  @Test
  void theLastDayIsShownUnlessAnotherPeriodIsAskedFor() {
    Instant now = Instant.now();
    world.journal.health().append(List.of(failed(NOON), connected(now.minusSeconds(7200), 1)));

    JsonNode shown = health("");

    assertThat(shown.path("checks").asLong()).isEqualTo(1);
    assertThat(shown.path("availability").asDouble()).isEqualTo(1);
    assertThat(Instant.parse(shown.path("to").asText())).isAfterOrEqualTo(now);
    assertThat(shown.at("/status_shares/Failed").asDouble()).isBetween(0.9, 0.95);
  }

  @Test
  void whereNothingWasCheckedThereIsNoAvailability() {
    JsonNode shown = health("?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");

    assertThat(shown.path("checks").asLong()).isZero();
    assertThat(shown.has("availability")).isFalse();
    assertThat(shown.has("latency_ms")).isFalse();
    assertThat(shown.path("status_shares")).isEmpty();
    assertThat(shown.path("changes")).isEmpty();
  }

  @Test
  void pagesOfChangesFollowEachOther() {
    world
        .journal
        .health()
        .append(
            List.of(
                connected(NOON, 1),
                failed(NOON.plusSeconds(1)),
                connected(NOON.plusSeconds(2), 1)));

    JsonNode first = health(PERIOD + "&page_size=2");
    JsonNode second = health(PERIOD + "&page_size=2&cursor=" + first.path("next_cursor").asText());

    assertThat(first.path("changes").findValuesAsText("to")).containsExactly("Connected", "Failed");
    assertThat(second.path("changes").findValuesAsText("to")).containsExactly("Connected");
    assertThat(second.has("next_cursor")).isFalse();
    assertThat(second.path("checks").asLong()).isEqualTo(3);
  }

  @Test
  void everyWrongParameterIsNamed() {
    for (String wrong :
        List.of(
            "from=x", "to=y", "hours=maybe", "page_size=101", "status=Failed", "cursor=forged")) {
      Reply reply = ours.get(path("?" + wrong));
      assertThat(reply.status()).as(wrong).isEqualTo(400);
      assertThat(reply.json().path("errors").findValuesAsText("field"))
          .as(wrong)
          .contains(wrong.substring(0, wrong.indexOf('=')));
    }
    for (String period :
        List.of(
            "?from=2026-05-05T13:00:00Z&to=2026-05-05T13:00:00Z",
            "?from=2026-01-01T00:00:00Z&to=2026-04-02T00:00:00Z",
            "?from=9999-01-01T00:00:00Z")) {
      assertThat(ours.get(path(period)).json().path("errors").findValuesAsText("field"))
          .as(period)
          .containsExactly("from");
    }
    assertThat(ours.get(path("?to=-999999999-01-01T00:00:00Z")).status()).isEqualTo(200);
    assertThat(
            ours.get(path("?from=%2B999999999-12-30T00:00:00Z&to=%2B999999999-12-31T00:00:00Z"))
                .status())
        .isEqualTo(200);
  }

  private JsonNode health(String query) {
    Reply reply = ours.get(path(query));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private String path(String query) {
    return "/databases/" + database.id() + "/health" + query;
  }

  private HealthSample connected(Instant at, long millis) {
    return new HealthSample(
        database, at, DatabaseStatus.CONNECTED, "Connected", "", new ProbeFigures(true, millis));
  }

  private HealthSample failed(Instant at) {
    return new HealthSample(
        database,
        at,
        DatabaseStatus.FAILED,
        "Authentication",
        "it was refused",
        new ProbeFigures(false, 7));
  }
}
