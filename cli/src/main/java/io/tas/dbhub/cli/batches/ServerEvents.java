package io.tas.dbhub.cli.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events. A thread of its own reads, so that a server that is gone without a word
 * is noticed: even where there is nothing to tell, a line comes now and then. For one thread.
 */
final class ServerEvents implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the reading thread tells: a line, or that there is no other. */
  private sealed interface Told {
    record Line(String text) implements Told {}

    record End() implements Told {}
  }

  private final InputStream stream;
  private final BlockingQueue<Told> lines = new LinkedBlockingQueue<>();
  private final Duration silence;

  /**
   * @param stream closed with it
   * @param silence after which nobody is believed to be there any more
   */
  ServerEvents(InputStream stream, Duration silence) {
    this.stream = stream;
    this.silence = silence;
    Thread reader = new Thread(this::read, "server-events");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(new Told.Line(line));
      }
    } catch (IOException brokenOff) {
      // As its end: whoever watches asks again.
    }
    lines.add(new Told.End());
  }

  /** The next event; empty when there is none any more. */
  Optional<ServerEvent> next() throws InterruptedException {
    String name = "";
    String id = "";
    StringBuilder data = new StringBuilder();
    while (true) {
      @Nullable Told told = lines.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
      if (!(told instanceof Told.Line line)) {
        return Optional.empty();
      }
      String text = line.text();
      if (text.isEmpty() && !data.isEmpty()) {
        return Optional.of(new ServerEvent(name, id, json(data.toString())));
      }
      if (text.startsWith("event:")) {
        name = text.substring(6).strip();
      } else if (text.startsWith("id:")) {
        id = text.substring(3).strip();
      } else if (text.startsWith("data:")) {
        data.append(text.substring(5).strip());
      }
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
