package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What is done while the journal is down is in it afterwards, once. */
@Isolated
@ExtendWith(RealSystem.class)
class JournalOutageTest {
  private final TestSystem system;
  private final Tenant tenant;

  JournalOutageTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aJournalThatIsDownStopsNothingAndMissesNothing() throws Exception {
    Path file = system.local().directory().resolve("journal").resolve("journal.db");
    String id;
    try (Connection locked = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = locked.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      id = tenant.create(tenant.sqlite("journal"));
      tenant.awaitConnected(id);
      await("the provisioning ends without it")
          .atMost(Tenant.PATIENCE)
          .until(
              () ->
                  tenant
                      .api()
                      .get("databases/" + id + "/operations")
                      .body()
                      .at("/operations/0/status")
                      .asText(),
              "completed"::equals);
      assertThat(undelivered()).as("entries left to a workflow").isPositive();
      statement.execute("ROLLBACK");
    }
    JsonNode entries =
        await("the entry is delivered")
            .atMost(Tenant.PATIENCE)
            .until(
                () -> tenant.api().get("audit?object_id=" + id).body().path("entries"),
                found -> !found.isEmpty());
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).path("action").asText()).isEqualTo("ProvisionDatabase");
    assertThat(entries.get(0).path("outcome").asText()).isEqualTo("succeeded");
    assertThat(entries.get(0).path("actor").asText()).isEqualTo("tester@" + tenant.id());
    assertThat(entries.get(0).path("source").asText()).isEqualTo("127.0.0.1");
    await().atMost(Tenant.PATIENCE).until(() -> undelivered() == 0);
    tenant.delete(id);
  }

  private long undelivered() {
    return system
        .temporal("default")
        .countWorkflows("WorkflowType = 'DeliverAudit' AND ExecutionStatus = 'Running'")
        .getCount();
  }
}
