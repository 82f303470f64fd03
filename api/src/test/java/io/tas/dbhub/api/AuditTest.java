package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API writes into the journal by itself, and how it is read. */
@ExtendWith(RunningApi.class)
final class AuditTest {
  private final World world;
  private final World.Tenant ours;

  AuditTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  @Test
  void whatIsRefusedIsWrittenDownWithoutWhatWasSent() {
    String id = ours.create("Orders").json().path("id").asText();
    ours.settled(id);
    ours.call("PUT", "/databases/" + id).json("{\"max_rows\": 0, \"hunter2\": \"hunter2\"}").send();
    world
        .api
        .call("DELETE", "/api/v1/databases/" + id)
        .token(ours.token("viewer"))
        .header("X-Forwarded-For", "192.0.2.7")
        .send();

    JsonNode entries = entries("?object_id=" + id, 2);

    assertThat(entries.findValuesAsText("action"))
        .containsExactly("DeprovisionDatabase", "UpdateDatabase");
    assertThat(entries.findValuesAsText("detail")).containsExactly("Forbidden", "Invalid");
    assertThat(entries.findValuesAsText("outcome")).containsOnly("refused");
    assertThat(entries.findValuesAsText("actor")).containsOnly("ada");
    assertThat(entries.findValuesAsText("source")).containsOnly("127.0.0.1");
    assertThat(entries.toString()).doesNotContain("hunter2");
    assertThat(ours.get("/audit?action=UpdateDatabase").json().path("entries")).hasSize(1);
    assertThat(ours.get("/audit?to=2000-01-01T00:00:00Z").json().path("entries")).isEmpty();
    assertThat(world.tenant().get("/audit").json().path("entries")).isEmpty();
  }

  @Test
  void whatAWorkflowWritesDownIsNotWrittenTwice() {
    String id = ours.create("Orders").json().path("id").asText();
    assertThat(ours.create("Orders").code()).isEqualTo("NameTaken");
    ours.settled(id);
    Reply invalid =
        ours.call("PUT", "/databases/" + id).json("{\"description\": \"invalid\"}").send();
    assertThat(invalid.code()).as(invalid.text()).isEqualTo("Invalid");
    ours.call("POST", "/databases").json("{}").send();

    assertThat(entries("?action=ProvisionDatabase", 1).findValuesAsText("detail"))
        .containsExactly("Invalid");
    // What is refused is written in its order.
    assertThat(entries("", 1)).hasSize(1);
  }

  @Test
  void everyWrongParameterIsNamed() {
    Reply reply =
        ours.get("/audit?action=a%20b&object_id=1&outcome=x&space=a/b&from=x&to=y&page_size=0&z=1");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "action", "object_id", "outcome", "space", "from", "to", "page_size", "z");
    assertThat(ours.get("/audit?cursor=forged").status()).isEqualTo(400);
  }

  private JsonNode entries(String query, int count) {
    return await()
        .until(
            () -> ours.get("/audit" + query).json().path("entries"),
            entries -> entries.size() == count);
  }
}
