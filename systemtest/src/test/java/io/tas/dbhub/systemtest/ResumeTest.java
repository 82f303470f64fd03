package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.dev.engine.Program;
import io.tas.dbhub.dev.engine.Programs;
import io.tas.dbhub.dev.system.ApiClient;
import io.tas.dbhub.dev.system.LocalSystem;
import io.tas.dbhub.dev.system.Samples;
import io.tas.dbhub.dev.system.Steps;
import io.tas.dbhub.dev.system.SystemPorts;
import io.tas.dbhub.dev.system.SystemSettings;
import io.tas.dbhub.dev.system.Waiting;
import io.tas.dbhub.systemtest.faults.Directories;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code bin/up} runs where there is no Go: Kubernetes in memory, kept in files. */
class ResumeTest {
  private final Programs programs = Programs.standard(System.out);

  @Test
  void aSecondStartInTheSameDirectoryResumesTheConnections() {
    assumeTrue(
        programs.temporal() instanceof Program.Installed, "Temporal's own server is durable");
    assumeTrue(programs.dbhub() instanceof Program.Installed, "DBHub needs Node.js");
    Path directory = Directories.emptied(TestSystem.TARGET.resolve("resumed"));
    SystemPorts ports = SystemPorts.free();
    String id;
    try (LocalSystem system = start(directory, ports)) {
      ApiClient api = system.api(system.token());
      Samples.Sample sample = Samples.library(system.sqliteDirectory().resolve(LocalSystem.TENANT));
      ApiClient.Answer created = api.post("databases", sample.request());
      assertThat(created.status()).as(created.text()).isIn(201, 202);
      id = Tenant.id(created);
      connected(api, id);
      queried(api, id, sample.query());
    }
    try (LocalSystem system = start(directory, ports)) {
      ApiClient api = system.api(system.token());
      assertThat(api.get("databases").body().path("total").asInt()).isEqualTo(1);
      connected(api, id);
      queried(
          api, id, Samples.library(system.sqliteDirectory().resolve(LocalSystem.TENANT)).query());
    }
  }

  private LocalSystem start(Path directory, SystemPorts ports) {
    return LocalSystem.start(
        new SystemSettings(
            directory,
            SystemSettings.Kubernetes.IN_MEMORY,
            Optional.empty(),
            ports,
            TestSystem.HEALTH,
            List.of()),
        programs,
        new Steps(System.out));
  }

  private static void connected(ApiClient api, String id) {
    JsonNode database =
        Waiting.until(
            "Connected",
            Tenant.PATIENCE,
            () -> api.get("databases/" + id).body(),
            now -> now.path("status").asText().equals("Connected"));
    assertThat(database.path("name").asText()).isEqualTo("library");
  }

  private static void queried(ApiClient api, String id, String sql) {
    ApiClient.Answer answer =
        Waiting.until(
            "an answer through DBHub",
            Tenant.PATIENCE,
            () -> api.post("databases/query", Map.of("database_id", id, "query", sql)),
            now -> now.status() != 503);
    assertThat(answer.body().path("row_count").asInt()).as(answer.text()).isEqualTo(5);
  }
}
