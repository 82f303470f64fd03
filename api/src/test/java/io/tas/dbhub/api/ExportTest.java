package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.ApiServer.Reply;
import io.tas.dbhub.api.RunningApi.World;
import io.tas.dbhub.core.audit.QueryChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningApi.class)
class ExportTest {
  private final World world;
  private final World.Tenant ours;
  private final String id;

  ExportTest(World world) {
    this.world = world;
    this.ours = world.tenant();
    this.id = ours.create("Größen (1)").json().path("id").asText();
  }

  private Reply export(String parameters) {
    return ours.call("POST", "/databases/" + id + "/export" + parameters)
        .json("{\"query\": \"SELECT 1\"}")
        .send();
  }

  @Test
  void aFileHasItsTypeItsNameAndWhatIsLeft() {
    Reply csv = export("");
    assertThat(csv.status()).as(csv.text()).isEqualTo(200);
    assertThat(csv.text()).isEqualTo("\"zebra\",\"Ant\"\r\n1,\r\n");
    assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
    assertThat(csv.header("Content-Disposition"))
        .isEqualTo(
            "attachment; filename=\"Gr_en_1_.csv\";"
                + " filename*=UTF-8''Gr%C3%B6%C3%9Fen%20%281%29.csv");
    assertThat(csv.header("RateLimit-Remaining")).isEqualTo("99");
    assertThat(world.queries)
        .anySatisfy(
            call -> {
              assertThat(call.id()).isEqualTo(csv.header("X-Query-Id"));
              assertThat(call.channel()).isEqualTo(QueryChannel.EXPORT);
            });
  }

  @Test
  void everyFormatIsOffered() {
    assertThat(export("?format=json").text()).isEqualTo("[{\"zebra\":1,\"Ant\":null}]");
    assertThat(export("?format=ndjson").text()).isEqualTo("{\"zebra\":1,\"Ant\":null}\n");
    assertThat(export("?format=xlsx").text()).startsWith("PK");
  }

  @Test
  void whatFailsBeforeTheFileBeginsIsAProblem() {
    assertThat(export("?format=pdf").status()).isEqualTo(400);
    Reply stranger =
        world
            .tenant()
            .call("POST", "/databases/" + id + "/export")
            .json("{\"query\": \"SELECT 1\"}")
            .send();
    assertThat(stranger.status()).isEqualTo(404);
    assertThat(stranger.header("Content-Type")).isEqualTo("application/problem+json");
  }
}
