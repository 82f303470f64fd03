package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.comparison.Leftover;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is left of connections, and what a person does about it. */
@ExtendWith(RunningApi.class)
final class LeftoversTest {
  private final World world;
  private final World.Tenant ours;

  LeftoversTest(World world) {
    this.world = world;
    this.ours = world.tenant();
  }

  @Test
  void whatIsLeftIsListedAndTakenAwayWhenSomebodySaysSo() {
    String id = left(UUID.randomUUID().toString());

    Reply listed = ours.get("/leftovers");
    Reply removed = ours.call("DELETE", "/leftovers/" + id).send();

    assertThat(listed.json().path("total").asInt()).isEqualTo(1);
    assertThat(listed.json().at("/leftovers/0/database_id").asText()).isEqualTo(id);
    assertThat(listed.json().at("/leftovers/0/what").asText()).isEqualTo("a Secret");
    assertThat(removed.status()).as(removed.text()).isEqualTo(204);
  }

  @Test
  void whatIsNotListedIsNotTakenAway() {
    String existing = ours.create("Orders").json().path("id").asText();
    ours.settled(existing);

    assertThat(ours.call("DELETE", "/leftovers/" + existing).send().status()).isEqualTo(404);
    assertThat(ours.call("DELETE", "/leftovers/nothing").send().status()).isEqualTo(404);
    assertThat(ours.get("/databases/" + existing).status()).isEqualTo(200);
  }

  @Test
  void whatIsLeftMayBeRepairedInstead() {
    String id = left(UUID.randomUUID().toString());
    String body = "{\"username\": \"u\", \"password\": \"p\"}";

    Reply repaired = ours.call("POST", "/databases/" + id + "/repair").json(body).send();
    Reply unknown =
        ours.call("POST", "/databases/" + UUID.randomUUID() + "/repair").json(body).send();

    assertThat(repaired.status()).as(repaired.text()).isEqualTo(200);
    assertThat(unknown.status()).isEqualTo(404);
  }

  private String left(String id) {
    world.inventory.databases.recordLeftovers(
        List.of(
            new Leftover(
                new DatabaseRef(id, new Scope(ours.id, "main")),
                "a Secret",
                "abandoned by ada",
                Instant.now())));
    return id;
  }
}
