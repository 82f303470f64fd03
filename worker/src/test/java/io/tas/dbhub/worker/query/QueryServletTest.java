package io.tas.dbhub.worker.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.logging.common.BootstrapLogging;
import io.tas.dbhub.activities.jdbc.ProbeSettings;
import io.tas.dbhub.activities.jdbc.TargetProber;
import io.tas.dbhub.activities.jdbc.query.QueryRunner;
import io.tas.dbhub.activities.jdbc.query.QueryRunnerSettings;
import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.core.query.StatementOrder;
import io.tas.dbhub.core.sealing.Credentials;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP, with a runner that asks a file. The limit keeps a test from hanging. */
@Timeout(180)
class QueryServletTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TOKEN = "only the API knows it";
  private static final Asker ADA = new Asker(new Scope("acme", "sales"), "ada");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENDLESS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  @TempDir private Path directory;
  private final QuickClock clock = new QuickClock();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger lookedFor = new AtomicInteger();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private TargetProber prober;
  private QueryRunner runner;

  @BeforeAll
  static void keepQuiet() {
    BootstrapLogging.bootstrap();
  }

  @BeforeEach
  void start() throws Exception {
    Path file = Files.createDirectories(directory.resolve("acme")).resolve("shop.db");
    try (java.sql.Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, price NUMERIC)");
      sql.execute("INSERT INTO item VALUES (1, 9007199254740993), (2, NULL)");
    }
    Target target = new Target(DatabaseType.SQLITE, "", 0, "acme/shop.db", SslMode.DISABLE, 30, 30);
    prober =
        new TargetProber(
            new ProbeSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                4,
                true,
                List.of(),
                Optional.of(directory),
                Optional.empty()));
    runner =
        new QueryRunner(
            resource -> {
              lookedFor.incrementAndGet();
              return new Connection.Found(target, new Credentials("", ""), 1, null);
            },
            prober.connector(),
            new QueryRunnerSettings(8, 8, 8, Duration.ofMinutes(1)));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(
        new ServletHolder(new QueryServlet(runner, new Heartbeats(clock), TOKEN)), "/queries/*");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    runner.close();
    server.stop();
    prober.close();
    clock.shutdownNow();
  }

  @Test
  void aQueryIsAnsweredWithLines() throws Exception {
    HttpResponse<String> response = post("/queries", TOKEN, order("SELECT * FROM item"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/x-ndjson");
    assertThat(response.body().lines().filter(line -> !line.isEmpty()))
        .containsExactly(
            "{\"columns\":[[\"id\",\"integer\"],[\"price\",\"numeric\"]]}",
            "[1,\"9007199254740993\"]",
            "[2,null]",
            "{\"end\":{\"rows\":2}}");
  }

  @Test
  void whatFailsIsAnsweredToo() throws Exception {
    HttpResponse<String> response = post("/queries", TOKEN, order("SELECT nmae FROM item"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(response.body()).at("/error/kind").asText()).isEqualTo("syntax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong", "Basic " + TOKEN, TOKEN})
  void nobodyWithoutTheTokenIsHeard(String authorization) throws Exception {
    for (String path : List.of("/queries", "/queries/some/cancel", "/queries/elsewhere")) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(body(order("SELECT 1")));
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      assertThat(send(request.build()).statusCode()).isEqualTo(401);
    }
    assertThat(lookedFor).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/queries/elsewhere", "/queries/cancel", "/queries/a/b"})
  void elsewhereIsNothing(String path) throws Exception {
    assertThat(post(path, TOKEN, order("SELECT 1")).statusCode()).isEqualTo(404);
    assertThat(lookedFor).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"queryId\":1", "SELECT 1"})
  void whatIsNoOrderIsRefused(String text) throws Exception {
    assertThat(post("/queries", TOKEN, text).statusCode()).isEqualTo(400);
    assertThat(lookedFor).hasValue(0);
  }

  @Test
  void anOrderLargerThanAnyIsRefused() throws Exception {
    String large = order("SELECT 1").replace("SELECT 1", "x".repeat(8 << 20));
    assertThat(post("/queries", TOKEN, large.substring(0, (8 << 20) + 1)).statusCode())
        .isEqualTo(413);
    assertThat(lookedFor).hasValue(0);
  }

  @Test
  void onlyTheAskersOwnRunningQueryIsCancelled() throws Exception {
    String id = UUID.randomUUID().toString();
    String ada = JSON.writeValueAsString(ADA);
    String eve = JSON.writeValueAsString(new Asker(ADA.scope(), "eve"));
    assertThat(post("/queries/" + id + "/cancel", TOKEN, ada).statusCode()).isEqualTo(404);

    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(
            request("/queries", TOKEN, order(id, ENDLESS)), HttpResponse.BodyHandlers.ofString());
    await().atMost(PATIENCE).until(() -> runner.running() == 1);
    assertThat(post("/queries/" + id + "/cancel", TOKEN, eve).statusCode()).isEqualTo(404);
    assertThat(post("/queries/" + id + "/cancel", TOKEN, ada).statusCode()).isEqualTo(204);
    assertThat(JSON.readTree(answer.join().body()).at("/error/kind").asText())
        .isEqualTo("cancelled");
    assertThat(post("/queries/" + id + "/cancel", TOKEN, ada).statusCode()).isEqualTo(404);
  }

  @Test
  void aQueryWhoseAskerHasLeftIsEnded() throws Exception {
    byte[] order = order(ENDLESS).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          String.join(
              "\r\n",
              "POST /queries HTTP/1.1",
              "Host: worker",
              "Authorization: Bearer " + TOKEN,
              "Content-Length: " + order.length,
              "",
              "");
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(order);
      out.flush();
      await().atMost(PATIENCE).until(() -> runner.running() == 1);
    }
    await().atMost(PATIENCE).until(() -> runner.running() == 0);
  }

  private static String order(String sql) throws IOException {
    return order(UUID.randomUUID().toString(), sql);
  }

  private static String order(String id, String sql) throws IOException {
    return JSON.writeValueAsString(
        new QueryOrder(
            id,
            null,
            ADA,
            new ResourceRef("ns", "db"),
            null,
            true,
            100,
            100_000,
            Duration.ofHours(1).toMillis(),
            0,
            List.of(StatementOrder.of(sql))));
  }

  private HttpResponse<String> post(String path, String token, String body) throws Exception {
    return send(request(path, token, body));
  }

  private HttpRequest request(String path, String token, String body) {
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", "Bearer " + token)
        .POST(body(body))
        .build();
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return HttpRequest.BodyPublishers.ofString(text);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
  }
}
