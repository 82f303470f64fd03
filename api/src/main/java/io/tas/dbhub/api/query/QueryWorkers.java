package io.tas.dbhub.api.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DatabindException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tas.dbhub.core.query.Asker;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryOrder;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The workers that run queries. One database's go to one worker as long as the same workers are
 * there, so that its connections are used again; when that one does not answer, or does not
 * understand, to the next. Thread-safe.
 */
public final class QueryWorkers {
  private static final int NOT_UNDERSTOOD = 400;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** After what the target may take: the worker has an answer by then. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(5);

  /** A worker that is there writes something every few seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final WorkerAddresses addresses;
  private final String authorization;
  private final Duration silence;
  private final HttpClient http;

  /**
   * @param token that workers demand
   */
  public QueryWorkers(WorkerAddresses addresses, String token) {
    this(addresses, token, SILENCE);
  }

  /**
   * @param silence after which a worker that has begun to answer is taken for gone
   */
  QueryWorkers(WorkerAddresses addresses, String token, Duration silence) {
    this.addresses = addresses;
    this.silence = silence;
    this.authorization = "Bearer " + token;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** There is no worker, or it broke off in the middle. */
  static final class UnavailableException extends Exception {
    UnavailableException(String message) {
      super(message);
    }
  }

  /**
   * @param connecting how long the target may take to let us in
   * @return why there is no answer; empty when all of it is in the sink
   * @throws UnavailableException when no worker answered, or not to the end
   * @throws IOException when the sink takes no more
   */
  Optional<QueryError> run(QueryOrder order, Duration connecting, AnswerSink sink)
      throws UnavailableException, IOException {
    byte[] body = JSON.writeValueAsBytes(order);
    Duration patience =
        Duration.ofMillis(order.timeoutMillis() + order.transferMillis())
            .plus(connecting)
            .plus(MARGIN);
    List<URI> workers = addresses.inOrderFor(order.database().toString());
    for (URI worker : workers) {
      Optional<HttpResponse<InputStream>> response =
          send(request(worker.resolve("/queries"), body, patience));
      if (response.isPresent() && understood(response.get())) {
        return read(response.get(), order.statements().size(), sink);
      }
    }
    throw new UnavailableException(
        workers.isEmpty() ? "There is no worker." : "No worker takes the query.");
  }

  /** One of another version, while both are rolled out, may not: it ran nothing. */
  private static boolean understood(HttpResponse<InputStream> response) throws IOException {
    if (response.statusCode() == NOT_UNDERSTOOD) {
      response.body().close();
      return false;
    }
    return true;
  }

  /** Empty when the worker is not there. Nothing was sent then: the next one may have it. */
  private Optional<HttpResponse<InputStream>> send(HttpRequest request)
      throws UnavailableException {
    try {
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    } catch (ConnectException | HttpConnectTimeoutException notThere) {
      return Optional.empty();
    } catch (IOException e) {
      throw brokenOff();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("The API is stopping.");
    }
  }

  private static UnavailableException brokenOff() {
    return new UnavailableException("The worker broke off.");
  }

  private HttpRequest request(URI uri, byte[] body, Duration patience) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .header("Authorization", authorization)
        .timeout(patience)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private Optional<QueryError> read(
      HttpResponse<InputStream> response, int statements, AnswerSink sink)
      throws UnavailableException, IOException {
    try (InputStream stream = new WorkerStream(response.body(), silence)) {
      if (response.statusCode() != 200) {
        throw brokenOff();
      }
      try (JsonParser parser = JSON.getFactory().createParser(stream)) {
        return lines(parser, statements, sink);
      }
    } catch (WorkerStream.BrokenOffException | StreamReadException | DatabindException e) {
      // The worker's side failed, not the sink.
      throw brokenOff();
    }
  }

  /** A statement may have several results; one that has none is not done. */
  private static Optional<QueryError> lines(JsonParser parser, int statements, AnswerSink sink)
      throws IOException {
    int ends = 0;
    boolean open = false;
    JsonToken token = parser.nextToken();
    while (token != null) {
      if (token == JsonToken.START_ARRAY) {
        sink.row(parser);
      } else {
        JsonNode line = JSON.readTree(parser);
        if (line.has("error")) {
          return Optional.of(JSON.treeToValue(line.get("error"), QueryError.class));
        }
        if (line.has("columns")) {
          open = true;
          sink.columns(columns(line.get("columns")));
        } else if (line.has("end")) {
          open = false;
          ends++;
          sink.end(JSON.treeToValue(line.get("end"), ResultEnd.class));
        } else {
          throw new WorkerStream.BrokenOffException();
        }
      }
      token = parser.nextToken();
    }
    if (open || ends < statements) {
      throw new WorkerStream.BrokenOffException();
    }
    return Optional.empty();
  }

  private static List<ResultColumn> columns(JsonNode columns) {
    List<ResultColumn> all = new ArrayList<>();
    for (JsonNode column : columns) {
      all.add(new ResultColumn(column.path(0).asText(), column.path(1).asText()));
    }
    return all;
  }

  /** Tells every worker: whoever runs it ends it. */
  boolean cancel(String queryId, Asker asker) {
    boolean found = false;
    for (URI worker : addresses.all()) {
      found |= cancel(worker, queryId, asker);
    }
    return found;
  }

  private boolean cancel(URI worker, String queryId, Asker asker) {
    try {
      HttpRequest request =
          request(
              worker.resolve("/queries/" + queryId + "/cancel"),
              JSON.writeValueAsBytes(asker),
              CANCEL_TIMEOUT);
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 204;
    } catch (IOException e) {
      // A worker that is gone runs nothing.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
