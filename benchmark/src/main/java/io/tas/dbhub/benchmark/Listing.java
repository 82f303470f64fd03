package io.tas.dbhub.benchmark;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.system.LocalSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lists through REST. Reads the whole answer, but leaves it to others to understand it. */
final class Listing {
  private static final int OK = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI databases;
  private final Map<String, String> tokens = new HashMap<>();

  Listing(LocalSystem system, Population population) {
    this.databases = URI.create(system.addresses().get("API") + "databases");
    for (int space = 0; space < population.spaces(); space++) {
      Scope scope = population.scope(space);
      tokens.put(
          scope.spaceId(),
          system
              .issuer()
              .token("ada", scope.tenantId(), List.of(scope.spaceId()), List.of("viewer")));
    }
  }

  /**
   * @return the answer's length in bytes
   * @throws EngineException if the answer is another than 200
   */
  int get(Scope scope, String parameters) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(databases + "?" + parameters))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + tokens.get(scope.spaceId()))
            .header("X-Space-ID", scope.spaceId())
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != OK) {
        throw new EngineException("GET " + request.uri() + " answered " + answer.statusCode());
      }
      return answer.body().length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while listing", e);
    }
  }
}
