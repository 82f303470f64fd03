package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.dev.engine.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Exports whose readers take their time. More rows than all buffers between hold. */
@ExtendWith(RealSystem.class)
class SlowExportTest {
  private static final int ROWS = 100_000;
  private static final String POSTGRES =
      "SELECT i, repeat('x', 1000) AS %s FROM generate_series(1, 100000) AS i";
  private static final String MARIADB = "SELECT seq, REPEAT('x', 1000) AS %s FROM seq_1_to_100000";

  private final TestSystem system;
  private final Tenant tenant;

  SlowExportTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aReaderOfPostgresMayTakeLongerThanTheQueryMay() throws IOException {
    isWhole(tenant.postgres("slow"), POSTGRES.formatted("slow"));
  }

  @Test
  void aReaderOfMariaDbMayTakeLongerThanTheQueryMay() throws IOException {
    isWhole(tenant.mariadb("slow"), MARIADB.formatted("slow"));
  }

  private void isWhole(Map<String, Object> request, String sql) throws IOException {
    String id = connection(request);
    HttpResponse<InputStream> response = export(id, sql);
    long later = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    try (InputStream file = response.body()) {
      assertThat(response.statusCode()).isEqualTo(200);
      file.readNBytes(1_000);
      await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() - later > 0);
      assertThat(lines(file)).as("that of the names was read before").isEqualTo(ROWS);
    }
    tenant.delete(id);
  }

  @Test
  void anExportThatIsLeftIsGoneFromTheServer() throws Exception {
    String id = connection(tenant.postgres("left"));
    HttpResponse<InputStream> response = export(id, POSTGRES.formatted("left_alone"));
    try (InputStream file = response.body()) {
      file.readNBytes(1_000);
      assertThat(running("left_alone")).isEqualTo(1);
    }
    await("gone from the server")
        .atMost(Tenant.PATIENCE)
        .until(() -> running("left_alone"), count -> count == 0);
    tenant.delete(id);
  }

  private int running(String word) throws Exception {
    PostgresServer server = system.postgres();
    try (Connection connection = server.connect("postgres", server.superuser());
        Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND query LIKE '%"
                    + word
                    + "%'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private String connection(Map<String, Object> request) {
    String id = tenant.create(Tenant.with(request, Map.of("max_rows", ROWS, "query_timeout", 5)));
    tenant.awaitQuery(id, "SELECT 1 AS one");
    return id;
  }

  private HttpResponse<InputStream> export(String id, String sql) {
    return tenant.api().stream("databases/" + id + "/export?format=csv", Map.of("query", sql));
  }

  private static int lines(InputStream file) throws IOException {
    byte[] some = new byte[64 * 1024];
    int lines = 0;
    for (int read = file.read(some); read >= 0; read = file.read(some)) {
      for (int i = 0; i < read; i++) {
        lines += some[i] == '\n' ? 1 : 0;
      }
    }
    return lines;
  }
}
