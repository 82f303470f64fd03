package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that somebody made by hand is shown like any other, and changed where it was made. */
@ExtendWith(RunningApi.class)
final class ManifestOwnedTest {
  private final World.Tenant ours;
  private final String id = UUID.randomUUID().toString();

  ManifestOwnedTest(World world) {
    this.ours = world.tenant();
    world.inventory.databases.adopt(
        new DatabaseDefinition(
            id,
            new Scope(ours.id, "main"),
            "",
            "Orders",
            new Target(DatabaseType.POSTGRES, "db.test", 5432, "orders", SslMode.DISABLE, 30, 15),
            new AccessPolicy(true, 1000),
            Map.of(),
            "",
            "",
            true),
        new ResourceRef("shop", "creds"),
        new ResourceRef("shop", "orders"));
  }

  @Test
  void itIsListedAndSaysWhichResourceOwnsIt() {
    Reply shown = ours.get("/databases/" + id);

    assertThat(shown.json().path("origin").asText()).isEqualTo("manifest");
    assertThat(shown.json().path("crd_namespace").asText()).isEqualTo("shop");
    assertThat(shown.json().path("crd_name").asText()).isEqualTo("orders");
    assertThat(ours.get("/databases").json().at("/databases/0/id").asText()).isEqualTo(id);
  }

  @Test
  void whatIsMadeThroughRestSaysSo() {
    assertThat(ours.create("Sales").json().path("origin").asText()).isEqualTo("rest");
  }

  @Test
  void everyChangeIsRefusedWithTheResourceToChange() {
    Map<String, Reply> replies =
        Map.of(
            "update",
            ours.call("PUT", "/databases/" + id).json("{\"max_rows\": 7}").send(),
            "rotation",
            ours.call("POST", "/databases/" + id + "/credentials")
                .json("{\"password\": \"battery staple\"}")
                .send(),
            "repair",
            ours.call("POST", "/databases/" + id + "/repair").send(),
            "removal",
            ours.call("DELETE", "/databases/" + id).send());

    replies.forEach(
        (change, reply) -> {
          assertThat(reply.status()).as(change + reply.text()).isEqualTo(409);
          assertThat(reply.code()).as(change).isEqualTo("OwnedByManifest");
          assertThat(reply.json().path("suggestion").asText())
              .as(change)
              .contains("kubectl -n shop edit database orders");
        });
    assertThat(ours.get("/databases/" + id).json().path("max_rows").asInt()).isEqualTo(1000);
  }

  @Test
  void itsNameIsTakenForOthers() {
    assertThat(ours.create("Orders").code()).isEqualTo("NameTaken");
  }
}
