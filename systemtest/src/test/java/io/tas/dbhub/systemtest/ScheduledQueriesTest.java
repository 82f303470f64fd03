package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.system.ApiClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queries that schedules ask, on Temporal's own server and a real PostgreSQL. */
@ExtendWith(RealSystem.class)
class ScheduledQueriesTest {
  /** Due at no time that a test lives to see. */
  private static final Map<String, Object> SELDOM = Map.of("cron", "0 0 1 1 *");

  private static final Map<String, Object> TOWNS =
      Map.of("sql", "SELECT name, people FROM towns ORDER BY name");

  private final TestSystem system;
  private final Tenant tenant;

  ScheduledQueriesTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aRunKeepsItsRowsAndTellsInWhatTheyDifferFromBefore() {
    String id = database("rows", false);
    String schedule = create("rows", id, TOWNS, SELDOM);
    JsonNode first = run(schedule, 1);
    assertThat(first.path("status").asText()).as(first.toString()).isEqualTo("succeeded");
    assertThat(first.path("row_count").asInt()).isEqualTo(2);
    assertThat(first.path("query_hash").asText()).matches("sha256:[0-9a-f]{64}");
    assertThat(first.has("difference")).isFalse();
    JsonNode kept = tenant.api().get(below(first.path("address").asText())).body();
    assertThat(kept.path("rows").toString()).isEqualTo("[[\"Aarau\",21506],[\"Olten\",19091]]");
    assertThat(kept.path("columns").toString())
        .isEqualTo("[[\"name\",\"varchar\"],[\"people\",\"int4\"]]");

    change(id, "INSERT INTO towns VALUES ('Zug', 31000)");
    change(id, "DELETE FROM towns WHERE name = 'Olten'");
    JsonNode second = run(schedule, 2);

    assertThat(second.at("/difference/added").asInt()).as(second.toString()).isEqualTo(1);
    assertThat(second.at("/difference/removed").asInt()).isEqualTo(1);
    assertThat(second.at("/difference/exact").asBoolean()).isTrue();
    assertThat(second.at("/difference/compared_with").asText())
        .isEqualTo(first.path("id").asText());
    JsonNode now = tenant.api().get(below(second.path("address").asText())).body();
    assertThat(now.path("added_rows").toString()).isEqualTo("[[\"Zug\",31000]]");
    assertThat(now.path("removed_rows").toString()).isEqualTo("[[\"Olten\",19091]]");
    JsonNode run =
        await("the run's report")
            .atMost(Tenant.PATIENCE)
            .until(
                () -> tenant.api().get("schedules/" + schedule + "/runs").body().at("/runs/0"),
                newest -> newest.at("/report/changed").asInt() == 1);
    assertThat(run.path("id").asText()).isEqualTo(second.path("run_id").asText());
    assertThat(results(below(run.path("results").asText())))
        .extracting(result -> result.path("id").asText())
        .containsExactly(second.path("id").asText());
    JsonNode past = tenant.api().get("queries/" + second.path("id").asText()).body();
    assertThat(past.path("channel").asText()).as(past.toString()).isEqualTo("schedule");
    assertThat(tenant.api().get("audit?page_size=100").text()).contains(second.path("id").asText());
    delete(schedule);
    assertThat(tenant.api().get(below(second.path("address").asText())).status()).isEqualTo(404);
  }

  @Test
  void theMomentOfTheLastSuccessIsBound() {
    String id = database("since", true);
    String schedule =
        create(
            "since",
            id,
            Map.of(
                "sql",
                "SELECT CAST(? AS text)",
                "parameters",
                List.of(Map.of("last_success", true, "first", "never"))),
            SELDOM);

    JsonNode first = run(schedule, 1);
    JsonNode second = run(schedule, 2);

    assertThat(rows(first)).isEqualTo("[[\"never\"]]");
    String bound =
        tenant.api().get(below(second.path("address").asText())).body().at("/rows/0/0").asText();
    assertThat(Instant.parse(bound)).isEqualTo(first.path("started_at").asText());
    delete(schedule);
  }

  @Test
  void onlyTheLastResultsAreKept() {
    String id = database("few", true);
    String schedule = create("few", id, Map.of("sql", "SELECT 1", "keep_results", 2), SELDOM);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      trigger(schedule);
      await("a further result")
          .atMost(Tenant.PATIENCE)
          .until(
              () ->
                  all(schedule).stream()
                      .filter(result -> !result.path("status").asText().equals("running"))
                      .anyMatch(result -> seen.add(result.path("id").asText())));
    }

    assertThat(all(schedule)).hasSize(2);
    delete(schedule);
  }

  @Test
  void aPausedScheduleIsTriggeredAndMadeUpForARange() {
    String id = database("backfill", true);
    String schedule = create("hourly", id, TOWNS, Map.of("cron", "0 * * * *", "paused", true));
    run(schedule, 1);
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

    ApiClient.Answer order =
        tenant
            .api()
            .post(
                "schedules/" + schedule + "/backfill",
                Map.of("from", hour.minus(2, ChronoUnit.HOURS).toString(), "to", hour.toString()));

    assertThat(order.status()).as(order.text()).isEqualTo(202);
    List<JsonNode> results = awaitResults(schedule, 4);
    assertThat(results)
        .allSatisfy(result -> assertThat(result.path("status").asText()).isEqualTo("succeeded"));
    assertThat(results.stream().map(result -> result.path("run_id").asText()).distinct())
        .hasSize(4);
    assertThat(tenant.api().get("schedules/" + schedule).body().path("paused").asBoolean())
        .isTrue();
    delete(schedule);
  }

  @Test
  void aRunThatIsDueWhileNoWorkerRunsTakesPlaceAfterwards() throws Exception {
    String id = database("late", true);
    String schedule = create("late", id, TOWNS, SELDOM);
    system.local().worker().kill();
    try {
      trigger(schedule);
    } finally {
      system.local().worker().revive();
      system.local().worker().awaitReady();
    }

    JsonNode result = awaitResults(schedule, 1).get(0);

    assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("succeeded");
    delete(schedule);
  }

  @Test
  void aWriteWhoseWorkerDiesIsNotRunAgain() throws Exception {
    String id = database("once", false);
    String schedule =
        create(
            "once",
            id,
            Map.of("sql", "INSERT INTO towns SELECT 'Zug', 1 FROM pg_sleep(6)"),
            SELDOM);
    trigger(schedule);
    await("begun").atMost(Tenant.PATIENCE).until(() -> all(schedule).size() == 1);
    system.local().worker().kill();
    system.local().worker().revive();
    system.local().worker().awaitReady();

    JsonNode result = awaitResults(schedule, 1).get(0);

    assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("unknown");
    assertThat(result.path("error").asText()).contains("not known");
    JsonNode answer = tenant.awaitQuery(id, "SELECT count(*) AS n FROM towns WHERE name = 'Zug'");
    assertThat(answer.at("/rows/0/n").asInt()).as(answer.toString()).isLessThanOrEqualTo(1);
    delete(schedule);
  }

  @Test
  void aQueryThatFailsSaysWhyAndPausesAScheduleThatIsTold() {
    String id = database("failing", true);
    Map<String, Object> careful = Map.of("cron", "0 0 1 1 *", "pause_on_failure", true);
    String schedule = create("careful", id, Map.of("sql", "SELECT * FROM nowhere"), careful);

    JsonNode result = run(schedule, 1);

    assertThat(result.path("status").asText()).isEqualTo("failed");
    assertThat(result.path("code").asText()).isEqualTo("SqlRefused");
    assertThat(result.path("error").asText()).contains("nowhere");
    await("paused")
        .atMost(Tenant.PATIENCE)
        .until(() -> tenant.api().get("schedules/" + schedule).body().path("paused").asBoolean());
    delete(schedule);
  }

  @Test
  void whatNoRunWouldRunIsToldAtOnce() {
    String id = database("wrong", true);
    for (Map<String, Object> query :
        List.<Map<String, Object>>of(
            Map.of("sql", "DELETE FROM towns"),
            Map.of("sql", "SELECT 'open"),
            Map.of("sql", "SELECT ?", "parameters", List.of(1, 2)))) {
      ApiClient.Answer refused = tenant.api().post("schedules", fields("wrong", id, query, SELDOM));

      assertThat(refused.status()).as(refused.text()).isEqualTo(400);
      assertThat(refused.body().at("/errors/0/field").asText()).startsWith("query.");
    }
  }

  @Test
  void whoLostTheGrantRunsAndReadsNothing() {
    String id = database("lost", true);
    grant(id, List.of(Map.of("principal", "user:bob", "level", "query")));
    ApiClient bob = colleague("bob");
    ApiClient.Answer made = bob.post("schedules", fields("bobs", id, TOWNS, SELDOM));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String schedule = Tenant.id(made);
    JsonNode before = run(schedule, 1);
    assertThat(bob.get(below(before.path("address").asText())).status()).isEqualTo(200);

    grant(id, List.of(Map.of("principal", "user:bob", "level", "view")));

    assertThat(bob.get(below(before.path("address").asText())).status()).isEqualTo(404);
    assertThat(bob.get("schedules/" + schedule + "/results").body().path("results")).isEmpty();
    trigger(schedule);
    await("a second run")
        .atMost(Tenant.PATIENCE)
        .until(
            () ->
                StreamSupport.stream(
                        tenant
                            .api()
                            .get("schedules/" + schedule + "/runs")
                            .body()
                            .path("runs")
                            .spliterator(),
                        false)
                    .anyMatch(run -> run.at("/report/skipped").asInt() == 1));
    assertThat(all(schedule)).hasSize(1);
    delete(schedule);
  }

  @Test
  void nobodyElsewhereFindsAResult() {
    String id = database("private", true);
    String schedule = create("private", id, TOWNS, SELDOM);
    JsonNode result = run(schedule, 1);

    for (ApiClient stranger : List.of(system.newTenant().api(), tenant.inSpace("other").api())) {
      assertThat(stranger.get("schedules/" + schedule + "/results").status()).isEqualTo(404);
      assertThat(stranger.get(below(result.path("address").asText())).status()).isEqualTo(404);
    }
    delete(schedule);
  }

  private String database(String name, boolean readOnly) {
    String id = tenant.create(Tenant.with(tenant.postgres(name), Map.of("readonly", readOnly)));
    tenant.awaitConnected(id);
    tenant.awaitQuery(id, "SELECT 1");
    return id;
  }

  private void change(String id, String sql) {
    ApiClient.Answer answer = tenant.query(id, sql);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private ApiClient colleague(String subject) {
    return system
        .local()
        .api(
            system
                .local()
                .issuer()
                .token(subject, tenant.id(), List.of(tenant.space()), List.of("editor")),
            tenant.space(),
            system::note);
  }

  private void grant(String id, List<Map<String, String>> grants) {
    ApiClient.Answer answer =
        tenant.api().put("databases/" + id + "/grants", Map.of("grants", grants), Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static Map<String, Object> fields(
      String name, String id, Map<String, Object> query, Map<String, Object> more) {
    Map<String, Object> fields = new HashMap<>(more);
    fields.putAll(
        Map.of(
            "name",
            name,
            "kind",
            "query",
            "target",
            Map.of("database_ids", List.of(id)),
            "query",
            query));
    return fields;
  }

  private String create(
      String name, String id, Map<String, Object> query, Map<String, Object> more) {
    Map<String, Object> fields = fields(name, id, query, more);
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    ApiClient.Answer answer =
        await("a system that is not too busy")
            .atMost(Tenant.PATIENCE)
            .until(() -> tenant.api().post("schedules", fields, key), now -> now.status() != 503);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.body().at("/query/sql").asText()).isEqualTo(query.get("sql"));
    return Tenant.id(answer);
  }

  private void trigger(String schedule) {
    ApiClient.Answer answer = tenant.api().post("schedules/" + schedule + "/trigger", Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  /** The newest result, once there are so many. */
  private JsonNode run(String schedule, int results) {
    trigger(schedule);
    return awaitResults(schedule, results).get(0);
  }

  private List<JsonNode> awaitResults(String schedule, int count) {
    return await(count + " results that ended")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> all(schedule),
            results ->
                results.size() == count
                    && results.stream()
                        .noneMatch(result -> result.path("status").asText().equals("running")));
  }

  private List<JsonNode> all(String schedule) {
    return results("schedules/" + schedule + "/results");
  }

  private List<JsonNode> results(String path) {
    return StreamSupport.stream(tenant.api().get(path).body().path("results").spliterator(), false)
        .toList();
  }

  private String rows(JsonNode result) {
    return tenant.api().get(below(result.path("address").asText())).body().path("rows").toString();
  }

  /** The client's paths begin after it. */
  private static String below(String address) {
    return address.substring("/api/v1/".length());
  }

  private void delete(String schedule) {
    assertThat(tenant.api().delete("schedules/" + schedule).status()).isEqualTo(204);
  }
}
