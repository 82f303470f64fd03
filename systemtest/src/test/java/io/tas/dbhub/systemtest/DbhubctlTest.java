package io.tas.dbhub.systemtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.cli.Dbhubctl;
import io.tas.dbhub.cli.http.Pause;
import io.tas.dbhub.cli.session.Surroundings;
import io.tas.dbhub.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command line against the real system. */
@ExtendWith(RealSystem.class)
class DbhubctlTest {
  private static final String QUERY =
      "SELECT name, people FROM towns WHERE people > ? ORDER BY name";

  /** What a command came to. */
  private record Done(int exit, String out, String err) {
    String succeeded() {
      assertThat(exit).as(err).isZero();
      return out;
    }
  }

  private final TestSystem system;
  private final Tenant tenant;

  @TempDir private Path home;

  DbhubctlTest(TestSystem system) {
    this.system = system;
    this.tenant = system.newTenant();
  }

  @Test
  void aConnectionLivesAndDiesByCommands() throws Exception {
    Map<String, Object> request = tenant.postgres("orders");
    String user = request.get("username").toString();
    logIn();
    String created =
        piped(
                request.get("password") + "\n",
                "databases",
                "create",
                "orders",
                "--type=postgres",
                "--host=" + request.get("host"),
                "--port=" + request.get("port"),
                "--database=" + request.get("database"),
                "--username=" + user,
                "--password-stdin",
                "--ssl-mode=disable",
                "--label=team=sales",
                "--wait")
            .succeeded();
    assertThat(created).contains("Connected", "team=sales");

    assertThat(run("databases", "list", "--label", "team=sales", "-o", "name").succeeded())
        .isEqualTo("orders\n");
    JsonNode got = json(run("databases", "get", "orders", "-o", "json").succeeded());
    assertThat(got.path("status").asText()).isEqualTo("Connected");
    assertThat(run("databases", "test", "orders").succeeded()).contains("authenticate  ok");
    asksInEveryFormat();

    String fresh = Canaries.password();
    try (Connection admin = system.postgres().connect("postgres", system.postgres().superuser());
        Statement statement = admin.createStatement()) {
      statement.execute("ALTER ROLE \"" + user + "\" PASSWORD '" + fresh.replace("'", "''") + "'");
    }
    Path secret = Files.writeString(home.resolve("fresh"), fresh);
    run("databases", "rotate", "orders", "--password-file", secret.toString(), "--wait")
        .succeeded();
    run("databases", "update", "orders", "--description", "All orders", "--wait").succeeded();
    assertThat(run("databases", "get", "orders").succeeded()).contains("All orders");
    assertThat(run("databases", "query", "orders", "SELECT 1 AS one").succeeded()).contains("one");
    await("a history that is written beside the answer")
        .atMost(Tenant.PATIENCE)
        .until(
            () -> run("databases", "history", "orders", "--limit", "1").succeeded(),
            history -> history.contains("succeeded") && history.contains("SELECT 1 AS one"));

    run("databases", "delete", "orders", "--yes", "--wait").succeeded();
    assertThat(run("databases", "get", "orders").exit()).isEqualTo(3);
    assertThat(run("databases", "list", "-o", "name").succeeded()).isEmpty();
    operationsTellWhatRan(got.path("id").asText());
  }

  private void asksInEveryFormat() throws IOException {
    String[] ask = {"databases", "query", "orders", QUERY, "-p", "20000", "-o"};
    assertThat(run(with(ask, "table")).succeeded()).isEqualTo("name   people\nAarau  21506\n");
    assertThat(run(with(ask, "csv")).succeeded()).isEqualTo("name,people\nAarau,21506\n");
    assertThat(run(with(ask, "ndjson")).succeeded())
        .isEqualTo("{\"name\":\"Aarau\",\"people\":21506}\n");
    assertThat(json(run(with(ask, "json")).succeeded()).path("row_count").asInt()).isEqualTo(1);
    Done refused = run("databases", "query", "orders", "DELETE FROM towns");
    assertThat(refused.exit()).isEqualTo(4);
    assertThat(refused.err()).contains("read-only");
  }

  private void operationsTellWhatRan(String databaseId) throws IOException {
    JsonNode list =
        json(run("operations", "list", "--database", databaseId, "-o", "json").succeeded());
    assertThat(list.path("operations").findValuesAsText("type"))
        .contains(
            "ProvisionDatabase", "RotateCredentials", "UpdateDatabase", "DeprovisionDatabase");
    String id = list.path("operations").path(0).path("id").asText();
    assertThat(run("operations", "get", id).succeeded()).contains("completed");
    assertThat(run("operations", "watch", id).exit()).isZero();
    assertThat(run("operations", "list", "--attention", "-o", "name").succeeded()).isEmpty();
  }

  @Test
  void aTakenNameIsAConflictWithACure() throws Exception {
    Map<String, Object> request = tenant.sqlite("taken");
    logIn();
    String[] create = {
      "databases", "create", "taken", "--type=sqlite", "--database=" + request.get("database")
    };
    run(with(create, "--wait")).succeeded();
    Done again = run(create);
    assertThat(again.exit()).isEqualTo(5);
    assertThat(again.err()).contains("Name taken", "What to do: Choose another name.");
    run("databases", "delete", "taken", "--yes", "--wait").succeeded();
  }

  @Test
  void aTokenThatDoesNotHoldIsRefusedWithACure() {
    Done refused = piped("not.a.token", "login", "--url", url(), "--token-stdin");
    assertThat(refused.exit()).isEqualTo(4);
    assertThat(refused.err()).contains("dbhubctl login");
  }

  private void logIn() {
    String token =
        system
            .local()
            .issuer()
            .token(
                "tester@" + tenant.id(), tenant.id(), List.of(tenant.space()), List.of("operator"));
    piped(token, "login", "--url", url(), "--token-stdin").succeeded();
    assertThat(run("whoami").succeeded()).contains(tenant.id(), "operator");
  }

  private String url() {
    return system.local().addresses().get("API");
  }

  private Done run(String... args) {
    return piped("", args);
  }

  private Done piped(String input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(UTF_8)), out, err, Terminal.Screen.none());
    int exit =
        Dbhubctl.run(
            new Surroundings(terminal, Map.of(), home, Optional.empty(), Pause.real()), args);
    Done done = new Done(exit, out.toString(UTF_8), err.toString(UTF_8));
    system.note(done.toString());
    return done;
  }

  private static String[] with(String[] args, String last) {
    String[] more = Arrays.copyOf(args, args.length + 1);
    more[args.length] = last;
    return more;
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
