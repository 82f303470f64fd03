package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.RowWork;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningApi.class)
final class BatchesTest {
  private static final String HEADER = "name,type,host,port,database,username,password\n";
  private static final String SECRET = "correct horse";

  private final World world;
  private final World.Tenant ours;

  BatchesTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  @Test
  void aDryRunTellsEachProblemByLineAndColumnAndMakesNothing() {
    Reply reply =
        csv(
            "?name=estate.csv",
            row("Orders", "DB.test", 5432)
                + row("Sales", "db.test", 99999)
                + "Odd,postgres\n"
                + row("Orders", "db.test", 1)
                + row("", "db.test", 1));

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    JsonNode batch = reply.json();
    assertThat(reply.header("Location")).isEqualTo("/api/v1/batches/" + batch.path("id").asText());
    assertThat(batch.path("kind").asText()).isEqualTo("import");
    assertThat(batch.path("state").asText()).isEqualTo("checked");
    assertThat(batch.path("name").asText()).isEqualTo("estate.csv");
    assertThat(batch.path("total").asInt()).isEqualTo(5);
    assertThat(batch.path("rows").path("pending").asInt()).isEqualTo(1);
    assertThat(batch.path("rows").path("invalid").asInt()).isEqualTo(4);
    assertThat(batch.path("problems").findValuesAsText("line")).containsExactly("3", "4", "5", "6");
    assertThat(batch.path("problems").findValuesAsText("field"))
        .containsExactly("port", "columns", "name", "name");
    assertThat(batch.path("limits").path("parallelism").asInt()).isEqualTo(16);
    assertThat(reply.text()).doesNotContain(SECRET, "reader");
    assertThat(ours.get("/databases").json().path("total").asInt()).isZero();
  }

  @Test
  void aRowIsSealedForItsOwnDatabase() {
    String id = csv("", row("Orders", "DB.test", 5432)).json().path("id").asText();
    Scope scope = new Scope(ours.id, "main");

    RowWork work = world.journal.batches().take(scope, id, 1, Instant.now()).orElseThrow();

    assertThat(work.databaseId()).isNotNull();
    assertThat(work.sealed()).isNotNull();
    assertThat(
            world
                .keys
                .sealer()
                .open(work.sealed(), ours.id, String.valueOf(work.databaseId()))
                .password())
        .isEqualTo(SECRET);
    assertThat(world.journal.batches().waiting(scope, id, 0, 10).rows().get(0).host())
        .isEqualTo("db.test");
  }

  @Test
  void whatIsThereAlreadyIsUnchangedOrSaysInWhatItDiffers() {
    ours.create("Orders");
    ours.create("Sales");

    JsonNode batch =
        csv("", row("Orders", "db.test", 5432) + row("Sales", "other.test", 5433)).json();

    assertThat(batch.path("rows").path("unchanged").asInt()).isEqualTo(1);
    assertThat(messages(batch)).containsExactly("is taken by a database with another host, port");
  }

  @Test
  void rowsThatBreakRulesKeepTheOthersFromBeingDoneUnlessSomebodyAgrees() {
    Reply reply = csv("?dry_run=false", row("Orders", "db.test", 1) + row("", "db.test", 1));

    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asText()).startsWith("1 of 2 rows break rules");
    String batch = reply.header("Location").substring("/api/v1".length());
    assertThat(ours.get(batch).json().path("state").asText()).isEqualTo("checked");
    assertThat(ours.call("POST", batch + "/run").send().status()).isEqualTo(400);
    assertThat(ours.get("/databases").json().path("total").asInt()).isZero();
  }

  @Test
  void aFileThatCannotBeReadToItsEndLeavesNoBatch() {
    Reply encoding =
        ours.call("POST", "/batches/import?format=csv")
            .body(
                BodyPublishers.ofByteArray(
                    (HEADER + row("Orders", "db.test", 1) + "Käufe\n")
                        .getBytes(StandardCharsets.ISO_8859_1)))
            .send();

    assertThat(encoding.status()).isEqualTo(400);
    assertThat(encoding.json().path("errors").findValuesAsText("field")).containsExactly("line 3");
    assertThat(encoding.json().path("errors").findValuesAsText("message"))
        .containsExactly("is not UTF-8 from here on");
    assertThat(ours.get("/batches").json().path("batches")).isEmpty();
  }

  @Test
  void aFileOfMoreRowsThanABatchHasIsRefusedWhenTheyAreSent() {
    Reply reply =
        ours.call("POST", "/batches/import?format=dsn")
            .body(
                BodyPublishers.ofInputStream(
                    () ->
                        new SequenceInputStream(
                            lines("sqlite:a.db\n", 500), lines("sqlite:b.db\n", 100_000))))
            .send();

    assertThat(reply.status()).as(reply.text()).isEqualTo(413);
    assertThat(ours.get("/batches").json().path("batches")).isEmpty();
  }

  private static InputStream lines(String line, int count) {
    return new ByteArrayInputStream(line.repeat(count).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void credentialsAreForDatabasesThatAreThere() {
    String id = ours.create("Orders").json().path("id").asText();
    ours.settled(id);

    Reply reply =
        ours.call("POST", "/batches/rotate?format=csv")
            .body(
                BodyPublishers.ofString(
                    "id,name,username,password\n"
                        + id
                        + ",,,secret one\n,Nobody,u,secret two\n,Orders,u,secret three\n,,u,p\n"))
            .send();

    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    assertThat(reply.json().path("rows").path("pending").asInt()).isEqualTo(1);
    assertThat(messages(reply.json()))
        .containsExactly(
            "is of no database: there is no such one",
            "is the name of an earlier row of the file",
            "is required, or an id, and not both");
    assertThat(reply.text()).doesNotContain("secret");
  }

  @Test
  void aBatchOverDatabasesHasARowForEachThatIsThere() {
    String id = ours.create("Orders").json().path("id").asText();
    ours.create("Sales");
    String unknown = UUID.randomUUID().toString();

    JsonNode named =
        json("{\"kind\": \"test\", \"database_ids\": [\"%s\", \"%s\"]}".formatted(id, unknown))
            .json();
    JsonNode all = json("{\"kind\": \"sync\", \"all\": true, \"per_host\": 2}").json();
    JsonNode none = json("{\"kind\": \"delete\", \"selector\": {\"type\": \"sqlite\"}}").json();

    assertThat(named.path("rows").path("pending").asInt()).isEqualTo(1);
    assertThat(messages(named)).containsExactly("there is no such database: " + unknown);
    assertThat(all.path("total").asInt()).isEqualTo(2);
    assertThat(all.path("limits").path("per_host").asInt()).isEqualTo(2);
    assertThat(none.path("total").asInt()).isZero();
  }

  @Test
  void anUpdateThatChangesNothingIsToldBefore() {
    ours.create("Orders");

    JsonNode same =
        json("{\"kind\": \"update\", \"all\": true, \"changes\": {\"readonly\": true}}").json();
    JsonNode wrong =
        json("{\"kind\": \"update\", \"all\": true, \"changes\": {\"max_rows\": 0}}").json();

    assertThat(same.path("rows").path("unchanged").asInt()).isEqualTo(1);
    assertThat(same.path("changes").path("readonly").asBoolean()).isTrue();
    assertThat(wrong.path("problems").findValuesAsText("field")).containsExactly("max_rows");
  }

  @Test
  void everyWrongFieldIsNamed() {
    Reply fields =
        json(
            """
            {"kind": "import", "all": true, "selector": {}, "changes": {"x": 1},
             "parallelism": 65, "stop_after": -1, "dry_run": "no"}""");
    Reply parameters =
        csv("?dry_run=x&only_valid=x&parallelism=0&per_host=65&stop_after=0&format=x&y=1", "");

    assertThat(fields.json().path("errors").findValuesAsText("field"))
        .contains(
            "kind", "all", "selector.label", "changes", "parallelism", "stop_after", "dry_run");
    assertThat(parameters.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "dry_run", "only_valid", "parallelism", "per_host", "stop_after", "format", "y");
  }

  @Test
  void rowsComeInPagesOrAsAFileThatNoSpreadsheetRuns() {
    String id =
        csv("", row("=cmd|calc", "db.test", 1) + row("Sales", "db.test", 0) + row("C", "h", 1))
            .json()
            .path("id")
            .asText();

    JsonNode first = ours.get("/batches/" + id + "/rows?page_size=2").json();
    JsonNode rest =
        ours.get("/batches/" + id + "/rows?after=" + first.path("next_after").asText()).json();
    JsonNode invalid = ours.get("/batches/" + id + "/rows?state=invalid,failed").json();
    Reply file = ours.call("GET", "/batches/" + id + "/rows").header("Accept", "text/csv").send();
    Reply lines = ours.get("/batches/" + id + "/rows?format=ndjson");

    assertThat(first.path("rows").findValuesAsText("number")).containsExactly("1", "2");
    assertThat(rest.path("rows").findValuesAsText("number")).containsExactly("3");
    assertThat(rest.has("next_after")).isFalse();
    assertThat(invalid.path("rows").findValuesAsText("number")).containsExactly("2");
    assertThat(file.header("Content-Type")).startsWith("text/csv");
    assertThat(file.text().lines())
        .hasSize(4)
        .contains("2,3,Sales,,invalid,,,port: is a number from 1 to 65535,")
        .anyMatch(line -> line.startsWith("1,2,'=cmd|calc,"));
    assertThat(lines.text().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"number\":"));
    assertThat(file.text() + lines.text()).doesNotContain(SECRET);
    assertThat(ours.get("/batches/" + id + "/rows?state=odd&after=x&format=pdf").status())
        .isEqualTo(400);
  }

  @Test
  void whoWatchesABatchThatHasEndedIsToldAtOnce() {
    String id = csv("", row("Orders", "db.test", 1)).json().path("id").asText();

    Reply events = ours.get("/batches/" + id + "/events");

    assertThat(events.status()).isEqualTo(200);
    assertThat(events.header("Content-Type")).startsWith("text/event-stream");
    assertThat(events.text()).contains("event: progress\nid: checked-0-1.0", "event: end\n");
  }

  @Test
  void aBatchThatWasNotRunCanBeDeletedAndNotPaused() {
    String id = csv("", row("Orders", "db.test", 1)).json().path("id").asText();

    for (String action : List.of("pause", "resume", "cancel", "retry")) {
      assertThat(ours.call("POST", "/batches/" + id + "/" + action).send().code())
          .as(action)
          .isEqualTo("NotPossibleNow");
    }
    assertThat(ours.call("DELETE", "/batches/" + id).send().status()).isEqualTo(204);
    assertThat(ours.get("/batches/" + id).status()).isEqualTo(404);
  }

  private static List<String> messages(JsonNode batch) {
    return batch.path("problems").findValues("errors").stream()
        .flatMap(errors -> errors.findValuesAsText("message").stream())
        .toList();
  }

  private Reply csv(String query, String rows) {
    return ours.call("POST", "/batches/import" + query)
        .header("Content-Type", "text/csv; charset=utf-8")
        .body(BodyPublishers.ofString(HEADER + rows))
        .send();
  }

  private Reply json(String body) {
    return ours.call("POST", "/batches").json(body).send();
  }

  private static String row(String name, String host, int port) {
    return "%s,postgres,%s,%d,orders,reader,%s\n".formatted(name, host, port, SECRET);
  }
}
