package io.tas.dbhub.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import io.tas.dbhub.api.history.QueryJournal;
import io.tas.dbhub.api.query.QueryExecutor;
import io.tas.dbhub.api.temporal.TemporalGateway;
import io.tas.dbhub.core.sealing.KeyRing;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ResourceConfig;

/** The API as it starts from its own configuration file, and a client of it. */
public final class ApiServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** So that a request that hangs ends its test. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final DropwizardTestSupport<ApiConfiguration> application;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param folder holds {@code keys} and {@code jwks.json}
   */
  public ApiServer(
      Path folder, String temporal, String neo4j, String answerWithin, QueryExecutor executor)
      throws Exception {
    this(folder, temporal, neo4j, answerWithin, "30s", executor);
  }

  /**
   * @param idleTimeout after which a connection that carries nothing is closed
   */
  public ApiServer(
      Path folder,
      String temporal,
      String neo4j,
      String answerWithin,
      String idleTimeout,
      QueryExecutor executor)
      throws Exception {
    application =
        new DropwizardTestSupport<>(
            ApiApplication.class,
            "api.yml",
            ConfigOverride.config("server.applicationConnectors[0].port", "0"),
            ConfigOverride.config("server.applicationConnectors[0].idleTimeout", idleTimeout),
            ConfigOverride.config("server.adminConnectors[0].port", "0"),
            ConfigOverride.config("temporal.target", temporal),
            ConfigOverride.config("temporalUi", "http://temporal-ui.test/"),
            ConfigOverride.config("inventory.uri", neo4j),
            ConfigOverride.config("auth.issuer", TestIssuer.ISSUER),
            ConfigOverride.config("auth.jwks", folder.resolve("jwks.json").toString()),
            ConfigOverride.config("auth.reloadAtMostEvery", "1ms"),
            ConfigOverride.config("journal.url", "jdbc:sqlite:" + folder.resolve("journal.db")),
            ConfigOverride.config("keys", folder.resolve("keys").toString()),
            ConfigOverride.config("answerWithin", answerWithin),
            ConfigOverride.config("testWithin", answerWithin),
            ConfigOverride.config("logging.level", "WARN")) {
          @Override
          public Application<ApiConfiguration> newApplication() {
            return new ApiApplication() {
              @Override
              protected QueryExecutor queries(
                  ApiConfiguration configuration,
                  DatabaseInventory inventory,
                  TemporalGateway temporal,
                  KeyRing keys,
                  QueryJournal journal,
                  Environment environment) {
                return executor;
              }
            };
          }
        };
    application.before();
  }

  public int port() {
    return application.getLocalPort();
  }

  /** The classes whose methods are reachable. */
  public List<Class<?>> resources() {
    ResourceConfig config = application.getEnvironment().jersey().getResourceConfig();
    return Stream.concat(
            config.getInstances().stream().<Class<?>>map(Object::getClass),
            config.getClasses().stream())
        .filter(type -> type.isAnnotationPresent(jakarta.ws.rs.Path.class))
        .toList();
  }

  public Reply admin(String path) {
    return send(HttpRequest.newBuilder(uri(application.getAdminPort(), path)).build());
  }

  /** A request to a path below the root of the API. */
  public Call call(String method, String path) {
    return new Call(method, path);
  }

  /** One request, put together piece by piece. */
  public final class Call {
    private final String method;
    private final HttpRequest.Builder request;
    private HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();

    private Call(String method, String path) {
      this.method = method;
      this.request = HttpRequest.newBuilder(uri(port(), path)).timeout(LIMIT);
    }

    public Call token(String token) {
      return header("Authorization", "Bearer " + token);
    }

    public Call header(String name, String value) {
      request.header(name, value);
      return this;
    }

    public Call json(String json) {
      header("Content-Type", "application/json");
      return body(HttpRequest.BodyPublishers.ofString(json));
    }

    public Call body(HttpRequest.BodyPublisher publisher) {
      body = publisher;
      return this;
    }

    public Reply send() {
      return ApiServer.this.send(request.method(method, body).build());
    }
  }

  /** An answer with its body read. */
  public record Reply(HttpResponse<byte[]> response) {
    public int status() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + text(), e);
      }
    }

    public String code() {
      return json().path("code").asText();
    }
  }

  private Reply send(HttpRequest request) {
    try {
      return new Reply(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(request + " failed", e);
    }
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    application.after();
  }
}
