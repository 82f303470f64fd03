package io.tas.dbhub.systemtest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a worker tells on its admin port. */
record WorkerAdmin(URI address) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern LEADER = Pattern.compile("(?m)^dbhub_leader ([01])");

  /** False as well while it tells nothing. */
  boolean leads() {
    Matcher told = LEADER.matcher(get("metrics").map(HttpResponse::body).orElse(""));
    return told.find() && told.group(1).equals("1");
  }

  String health() {
    return get("healthcheck").map(HttpResponse::body).orElse("");
  }

  /** What a rollout waits for. */
  boolean ready() {
    return get("ready").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  private Optional<HttpResponse<String>> get(String path) {
    try {
      return Optional.of(
          HTTP.send(
              HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(5)).build(),
              HttpResponse.BodyHandlers.ofString()));
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
