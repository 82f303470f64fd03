package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.system.ApiClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Schedules on Temporal's own server: what they do by themselves, and for whom. */
@ExtendWith(RealSystem.class)
class SchedulesTest {
  /** Due at no time that a test lives to see. */
  private static final Map<String, Object> SELDOM = Map.of("cron", "0 0 1 1 *");

  private final TestSystem system;
  private final Tenant tenant;

  SchedulesTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aRunTriesEveryDatabaseAndSaysWhatCameOfIt() {
    String works = database("works");
    String fails = broken("fails");
    String setAside = database("aside");
    tenant.api().put("databases/" + setAside, Map.of("is_active", false), Map.of());
    String schedule = create("fleet", Map.of("all", true), SELDOM);

    trigger(schedule);

    JsonNode run = awaitRun(schedule);
    assertThat(run.path("status").asText()).isEqualTo("failed");
    JsonNode report = run.path("report");
    assertThat(report.path("matched").asInt()).as(run.toString()).isEqualTo(3);
    assertThat(report.path("done").asInt()).as(run.toString()).isEqualTo(1);
    assertThat(report.path("failed").asInt()).isEqualTo(1);
    assertThat(report.path("skipped").asInt()).isEqualTo(1);
    assertThat(report.path("findings")).hasSize(1);
    assertThat(report.at("/findings/0/database_id").asText()).isEqualTo(fails);
    assertThat(run.path("scheduled_at").asText()).isNotEmpty();
    assertThat(tenant.api().get("databases/" + works).body().path("last_checked").isNull())
        .isFalse();
    delete(schedule);
  }

  @Test
  void anIntervalFiresByItself() {
    String id = database("interval");
    String schedule =
        create("minute", Map.of("database_ids", List.of(id)), Map.of("interval_seconds", 60));

    JsonNode run = awaitRun(schedule);

    assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("completed");
    assertThat(run.at("/report/done").asInt()).isEqualTo(1);
    delete(schedule);
  }

  @Test
  void aPausedScheduleRunsOnlyWhenItIsAskedTo() {
    String id = database("paused");
    String schedule = create("paused", Map.of("database_ids", List.of(id)), SELDOM);

    ApiClient.Answer paused =
        tenant.api().post("schedules/" + schedule + "/pause", Map.of("note", "maintenance"));

    assertThat(paused.status()).as(paused.text()).isEqualTo(200);
    assertThat(paused.body().path("paused").asBoolean()).isTrue();
    assertThat(paused.body().path("note").asText()).isEqualTo("maintenance");
    trigger(schedule);
    awaitRun(schedule);
    ApiClient.Answer resumed = tenant.api().post("schedules/" + schedule + "/resume", Map.of());
    assertThat(resumed.status()).as(resumed.text()).isEqualTo(200);
    assertThat(resumed.body().path("paused").asBoolean()).as(resumed.text()).isFalse();
    assertThat(resumed.body().path("next_runs")).as(resumed.text()).isNotEmpty();
    delete(schedule);
  }

  @Test
  void aBackfillRunsAsOftenAsTheTimeHas() {
    String id = database("backfill");
    String schedule =
        create(
            "hourly",
            Map.of("database_ids", List.of(id)),
            Map.of("cron", "0 * * * *", "paused", true));
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

    ApiClient.Answer order =
        tenant
            .api()
            .post(
                "schedules/" + schedule + "/backfill",
                Map.of("from", hour.minus(2, ChronoUnit.HOURS).toString(), "to", hour.toString()));

    assertThat(order.status()).as(order.text()).isEqualTo(202);
    assertThat(order.body().path("runs").asInt()).isEqualTo(3);
    await("three runs")
        .atMost(Tenant.PATIENCE)
        .until(() -> ended(schedule).size(), size -> size == 3);
    Set<String> due =
        ended(schedule).stream()
            .map(run -> run.path("scheduled_at").asText())
            .collect(Collectors.toSet());
    assertThat(due)
        .containsExactlyInAnyOrder(
            hour.toString(),
            hour.minus(1, ChronoUnit.HOURS).toString(),
            hour.minus(2, ChronoUnit.HOURS).toString());
    ApiClient.Answer tooMany =
        tenant
            .api()
            .post(
                "schedules/" + schedule + "/backfill",
                Map.of("from", "2026-01-01T00:00:00Z", "to", "2026-02-01T00:00:00Z"));
    assertThat(tooMany.status()).as(tooMany.text()).isEqualTo(400);
    delete(schedule);
  }

  @Test
  void aRunThatFailsPausesAScheduleThatIsTold() {
    String id = broken("pausing");
    String schedule =
        create(
            "careful",
            Map.of("database_ids", List.of(id)),
            Map.of("cron", "0 0 1 1 *", "pause_on_failure", true));

    trigger(schedule);

    await("paused").atMost(Tenant.PATIENCE).until(() -> show(schedule).path("paused").asBoolean());
    assertThat(awaitRun(schedule).path("status").asText()).isEqualTo("failed");
    delete(schedule);
  }

  @Test
  void aRunThatIsDueWhileNoWorkerRunsTakesPlaceAfterwards() throws Exception {
    String id = database("late");
    String schedule = create("late", Map.of("database_ids", List.of(id)), SELDOM);
    system.local().worker().kill();
    try {
      trigger(schedule);
    } finally {
      system.local().worker().revive();
      system.local().worker().awaitReady();
    }

    JsonNode run = awaitRun(schedule);

    assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("completed");
    delete(schedule);
  }

  @Test
  void aScheduleWhoseDatabasesAreGonePausesItself() {
    String id = database("going");
    String schedule = create("orphan", Map.of("database_ids", List.of(id)), SELDOM);
    tenant.delete(id);

    trigger(schedule);

    await("paused").atMost(Tenant.PATIENCE).until(() -> show(schedule).path("paused").asBoolean());
    assertThat(show(schedule).path("note").asText()).contains("none of its databases");
    delete(schedule);
  }

  @Test
  void nobodyElsewhereFindsIt() {
    String schedule = create("private", Map.of("all", true), SELDOM);
    Map<String, Object> fields = fields("private", Map.of("all", true), SELDOM);
    await("listed").atMost(Tenant.PATIENCE).until(() -> names(tenant.api()).contains("private"));

    for (ApiClient stranger : List.of(system.newTenant().api(), tenant.inSpace("other").api())) {
      String path = "schedules/" + schedule;
      assertThat(
              List.of(
                  stranger.get(path).status(),
                  stranger.get(path + "/runs").status(),
                  stranger.put(path, fields, Map.of()).status(),
                  stranger.post(path + "/pause", Map.of()).status(),
                  stranger.post(path + "/resume", Map.of()).status(),
                  stranger.post(path + "/trigger", Map.of()).status(),
                  stranger
                      .post(
                          path + "/backfill",
                          Map.of("from", "2026-01-01T00:00:00Z", "to", "2026-01-01T00:00:00Z"))
                      .status(),
                  stranger.delete(path).status()))
          .containsOnly(404);
      assertThat(names(stranger)).doesNotContain("private");
      ApiClient.Answer same = stranger.post("schedules", fields);
      assertThat(same.status()).as("a name of their own: " + same.text()).isEqualTo(201);
      stranger.delete("schedules/" + Tenant.id(same));
    }
    assertThat(show(schedule).path("paused").asBoolean()).isFalse();
    delete(schedule);
  }

  @Test
  void aRunReachesNothingThatItsOwnerMayNotQuery() {
    String mine = database("mine");
    String hidden = database("hidden");
    grant(hidden, List.of());
    String seenOnly = database("seen");
    grant(seenOnly, List.of(Map.of("principal", "user:bob", "level", "view")));
    ApiClient bob = colleague("bob");
    ApiClient.Answer named =
        bob.post(
            "schedules",
            fields("named", Map.of("database_ids", List.of(mine, hidden, seenOnly)), SELDOM));
    assertThat(named.status()).as(named.text()).isEqualTo(400);
    assertThat(named.body().path("errors")).hasSize(2);

    ApiClient.Answer made = bob.post("schedules", fields("bobs", Map.of("all", true), SELDOM));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    trigger(Tenant.id(made));

    JsonNode report = awaitRun(Tenant.id(made)).path("report");
    assertThat(report.path("matched").asInt()).as(report.toString()).isEqualTo(2);
    assertThat(report.path("done").asInt()).isEqualTo(1);
    assertThat(report.path("skipped").asInt()).isEqualTo(1);
    delete(Tenant.id(made));
  }

  @Test
  void aChangeIsMeantForWhatWasReadAndANameIsTakenOnce() {
    Map<String, Object> fields = fields("once", Map.of("all", true), SELDOM);
    Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
    ApiClient.Answer made = tenant.api().post("schedules", fields, key);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String id = Tenant.id(made);
    assertThat(tenant.api().post("schedules", fields, key).status()).isEqualTo(201);
    assertThat(tenant.api().post("schedules", fields).status()).isEqualTo(409);
    String tag = made.headers().firstValue("ETag").orElseThrow();

    ApiClient.Answer changed =
        tenant
            .api()
            .put(
                "schedules/" + id,
                fields("once", Map.of("type", "sqlite"), Map.of("interval_seconds", 3600)),
                Map.of("If-Match", tag));

    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    assertThat(changed.body().at("/target/type").asText()).isEqualTo("sqlite");
    assertThat(changed.body().path("interval_seconds").asInt()).isEqualTo(3600);
    assertThat(changed.headers().firstValue("ETag"))
        .isNotEqualTo(made.headers().firstValue("ETag"));
    assertThat(tenant.api().put("schedules/" + id, fields, Map.of("If-Match", tag)).status())
        .isEqualTo(412);
    assertThat(show(id).path("interval_seconds").asInt()).isEqualTo(3600);
    delete(id);
    assertThat(tenant.api().get("schedules/" + id).status()).isEqualTo(404);
  }

  @Test
  void aLongListComesInPages() {
    Set<String> names = Set.of("page a", "page b", "page c");
    List<String> ids =
        names.stream().map(name -> create(name, Map.of("all", true), SELDOM)).toList();
    await("all listed").atMost(Tenant.PATIENCE).until(() -> names(tenant.api()).containsAll(names));

    JsonNode first = tenant.api().get("schedules?page_size=2").body();
    JsonNode second =
        tenant
            .api()
            .get("schedules?page_size=2&cursor=" + first.path("next_cursor").asText())
            .body();

    assertThat(first.path("schedules")).hasSize(2);
    Set<String> listed = names(first);
    listed.addAll(names(second));
    assertThat(listed).containsAll(names);
    assertThat(tenant.api().get("schedules?cursor=bm9uZQ").status()).isEqualTo(400);
    ids.forEach(this::delete);
  }

  private String database(String name) {
    String id = tenant.create(tenant.sqlite(name));
    tenant.awaitConnected(id);
    return id;
  }

  /** One whose file is not there. */
  private String broken(String name) {
    String id =
        tenant.create(Map.of("name", name, "type", "sqlite", "database", "no-such-file.db"));
    tenant.awaitStatus(id, "Failed");
    return id;
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
      String name, Map<String, Object> target, Map<String, Object> more) {
    Map<String, Object> fields = new HashMap<>(more);
    fields.putAll(Map.of("name", name, "kind", "test", "target", target));
    return fields;
  }

  private String create(String name, Map<String, Object> target, Map<String, Object> more) {
    ApiClient.Answer answer = tenant.api().post("schedules", fields(name, target, more));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return Tenant.id(answer);
  }

  private void trigger(String schedule) {
    ApiClient.Answer answer = tenant.api().post("schedules/" + schedule + "/trigger", Map.of());
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  private void delete(String schedule) {
    assertThat(tenant.api().delete("schedules/" + schedule).status()).isEqualTo(204);
  }

  private JsonNode show(String schedule) {
    return tenant.api().get("schedules/" + schedule).body();
  }

  private List<JsonNode> ended(String schedule) {
    return StreamSupport.stream(
            tenant.api().get("schedules/" + schedule + "/runs").body().path("runs").spliterator(),
            false)
        .filter(run -> !run.path("status").asText().equals("running"))
        .toList();
  }

  private JsonNode awaitRun(String schedule) {
    return await("a run that ended")
        .atMost(Tenant.PATIENCE)
        .until(() -> ended(schedule), runs -> !runs.isEmpty())
        .get(0);
  }

  private static Set<String> names(ApiClient api) {
    return names(api.get("schedules").body());
  }

  private static Set<String> names(JsonNode page) {
    return StreamSupport.stream(page.path("schedules").spliterator(), false)
        .map(schedule -> schedule.path("name").asText())
        .collect(Collectors.toSet());
  }
}
