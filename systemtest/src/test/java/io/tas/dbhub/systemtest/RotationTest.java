package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.system.ApiClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credentials change under way without anybody noticing. */
@ExtendWith(RealSystem.class)
class RotationTest {
  private static final int CLIENTS = 4;
  private static final String QUERY = "SELECT name FROM towns ORDER BY name";

  private final TestSystem system;
  private final Tenant tenant;

  RotationTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void noQueryFailsWhileItRunsAndNoneUsesTheOldLoginAfterwards() throws Exception {
    Map<String, Object> request = tenant.postgres("rotated");
    String old = request.get("username").toString();
    Login fresh = secondLogin(request.get("database").toString(), old);
    String id = tenant.create(request);
    tenant.awaitConnected(id);
    tenant.awaitQuery(id, QUERY);

    AtomicBoolean over = new AtomicBoolean();
    Queue<ApiClient.Answer> answers = new ConcurrentLinkedQueue<>();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        running.add(
            clients.submit(
                () -> {
                  while (!over.get()) {
                    answers.add(tenant.query(id, QUERY));
                  }
                }));
      }
      rotate(id, Map.of("username", fresh.user(), "password", fresh.password()));
      // PostgreSQL may notice a moment later that its client is gone.
      await("no session of the old login is left")
          .atMost(Tenant.PATIENCE)
          .until(() -> sessions(old) == 0);

      int before = answers.size();
      await("the clients go on").atMost(Tenant.PATIENCE).until(() -> answers.size() > before + 20);
      assertThat(sessions(old)).as("sessions of the old login later").isZero();
      assertThat(sessions(fresh.user())).as("sessions of the new login").isPositive();
      over.set(true);
      for (Future<?> client : running) {
        client.get();
      }
    } finally {
      over.set(true);
      clients.shutdownNow();
    }
    assertThat(answers).anyMatch(answer -> answer.status() == 200);
    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).as(answer.text()).isIn(200, 503);
              if (answer.status() == 503) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
              }
            });
    assertThat(tenant.api().get("databases/" + id).body().path("status").asText())
        .isEqualTo("Connected");
    tenant.delete(id);
  }

  @Test
  void anOnlyPasswordKeepsTheUsername() throws Exception {
    Map<String, Object> request = tenant.postgres("half");
    String id = tenant.create(request);
    tenant.awaitConnected(id);
    tenant.awaitQuery(id, QUERY);
    String password = Canaries.password();
    alter(request.get("username").toString(), password);

    rotate(id, Map.of("password", password));

    assertThat(tenant.query(id, QUERY).status()).isEqualTo(200);
    tenant.delete(id);
  }

  @Test
  void credentialsThatDoNotWorkChangeNothing() {
    Map<String, Object> request = tenant.postgres("refused");
    String id = tenant.create(request);
    tenant.awaitConnected(id);
    tenant.awaitQuery(id, QUERY);

    ApiClient.Answer answer =
        tenant
            .api()
            .post("databases/" + id + "/credentials", Map.of("password", Canaries.password()));

    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.body().path("code").asText()).isEqualTo("ConnectionFailed");
    assertThat(tenant.query(id, QUERY).status()).isEqualTo(200);
    ApiClient.Answer test = tenant.api().post("databases/" + id + "/test", Map.of());
    assertThat(test.body().path("status").asText()).as(test.text()).isEqualTo("Connected");
    tenant.delete(id);
  }

  private void rotate(String id, Map<String, Object> credentials) {
    ApiClient.Answer answer =
        await("nothing else changes it")
            .atMost(Tenant.PATIENCE)
            .until(
                () -> tenant.api().post("databases/" + id + "/credentials", credentials),
                sent -> sent.status() != 409);
    assertThat(answer.status()).as(answer.text()).isIn(200, 202);
    String operation = answer.headers().firstValue("Operation-Location").orElseThrow();
    String path = operation.substring(operation.indexOf("operations/"));
    String status =
        await("the rotation ends")
            .atMost(Tenant.PATIENCE)
            .until(
                () -> tenant.api().get(path).body().path("status").asText(),
                now -> !now.equals("running"));
    assertThat(status).as(tenant.api().get(path).text()).isEqualTo("completed");
  }

  /** A login that may read what the other one owns. */
  private Login secondLogin(String database, String owner) throws SQLException {
    Login login = new Login(owner + "_2", Canaries.password());
    try (Connection admin = system.postgres().connect(database, system.postgres().superuser());
        Statement statement = admin.createStatement()) {
      statement.execute(
          "CREATE ROLE \"" + login.user() + "\" LOGIN PASSWORD " + literal(login.password()));
      statement.execute("GRANT \"" + owner + "\" TO \"" + login.user() + "\"");
    }
    return login;
  }

  private void alter(String user, String password) throws SQLException {
    try (Connection admin = system.postgres().connect("postgres", system.postgres().superuser());
        Statement statement = admin.createStatement()) {
      statement.execute("ALTER ROLE \"" + user + "\" PASSWORD " + literal(password));
    }
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Connections that PostgreSQL holds of a login. */
  private long sessions(String user) throws SQLException {
    try (Connection admin = system.postgres().connect("postgres", system.postgres().superuser());
        Statement statement = admin.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = " + literal(user))) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
