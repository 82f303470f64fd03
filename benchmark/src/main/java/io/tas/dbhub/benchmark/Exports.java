package io.tas.dbhub.benchmark;

import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.system.LocalSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/** All rows of the table, as a file and straight from the database. */
final class Exports {
  private static final String SQL = "SELECT id, station, taken, value, note FROM readings";
  private static final int FETCH = 1_000;

  private final LocalSystem system;
  private final Readings target;
  private final int rows;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Exports(LocalSystem system, Readings target, int rows) {
    this.system = system;
    this.target = target;
    this.rows = rows;
  }

  /**
   * How much the heaps grew at most; megabytes.
   *
   * @param looks how often somebody looked
   */
  record Heaps(double api, double worker, int looks) {
    static final Heaps NONE = new Heaps(0, 0, 0);

    Heaps and(Heaps other) {
      return new Heaps(
          Math.max(api, other.api), Math.max(worker, other.worker), looks + other.looks);
    }
  }

  /** Through REST. */
  double exported() {
    long begin = System.nanoTime();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream("csv"), StandardCharsets.UTF_8))) {
      check(lines.lines().count() - 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** With a cursor, and each value as a text: the least that anybody does who exports. */
  double read() {
    long begin = System.nanoTime();
    long characters = 0;
    int count = 0;
    try (Connection connection = target.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(FETCH);
        try (ResultSet result = statement.executeQuery(SQL)) {
          int columns = result.getMetaData().getColumnCount();
          while (result.next()) {
            for (int i = 1; i <= columns; i++) {
              String value = result.getString(i);
              characters += value == null ? 0 : value.length();
            }
            count++;
          }
        }
      }
    } catch (SQLException e) {
      throw new EngineException("The rows could not be read", e);
    }
    check(characters == 0 ? 0 : count);
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Looks at the heaps again and again while one export runs. */
  Heaps heaps(String format) {
    try (LiveHeap api = LiveHeap.of(system.apiProcess().pid());
        LiveHeap worker = LiveHeap.of(system.worker().pid());
        InputStream answer = stream(format)) {
      CompletableFuture<Long> reading = CompletableFuture.supplyAsync(() -> drain(answer));
      int looks = 0;
      while (!reading.isDone()) {
        api.look();
        worker.look();
        looks++;
      }
      if (reading.join() < rows) {
        throw new EngineException("The export broke off after %d bytes".formatted(reading.join()));
      }
      return new Heaps(api.grown(), worker.grown(), looks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long drain(InputStream answer) {
    try {
      return answer.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private InputStream stream(String format) {
    URI address =
        URI.create(system.addresses().get("API"))
            .resolve("databases/" + target.id() + "/export?format=" + format);
    try {
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(address)
                  .header("Authorization", "Bearer " + system.token())
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"query\": \"" + SQL + "\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new EngineException("The export answered " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException("Interrupted while measuring", e);
    }
  }

  private void check(long read) {
    if (read != rows) {
      throw new EngineException("%,d rows were wanted, %,d came".formatted(rows, read));
    }
  }
}
