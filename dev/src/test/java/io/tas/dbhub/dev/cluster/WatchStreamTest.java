package io.tas.dbhub.dev.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchStreamTest {
  private static final ObjectKey FIRST = new ObjectKey("", "pods", "n", "first");
  private static final ObjectKey POD = new ObjectKey("", "pods", "n", "pod");
  private static final ObjectKey OTHER = new ObjectKey("", "configmaps", "n", "other");

  @Test
  void aChangeIsSentAlthoughTheNextOneConcernsOtherWatchers(@TempDir Path directory)
      throws Exception {
    ObjectStore store = new ObjectStore(new ObjectFiles(directory));
    store.put(FIRST, named("first"));
    Sent sent = new Sent(store);
    new WatchStream(
            store,
            new TypeRegistry(store).find("", "v1", "pods").orElseThrow(),
            "",
            any -> true,
            object -> object,
            new WatchStream.Options("", false, true, Duration.ofMillis(200)))
        .writeTo(sent);
    assertThat(sent.text()).as("what the watcher was sent").contains("\"name\":\"pod\"");
  }

  private static ObjectNode named(String name) {
    ObjectNode object = Json.object();
    Json.metadata(object).put("name", name);
    return object;
  }

  /** While it is sent one thing, the next one happens. Keeps what was flushed. */
  private static final class Sent extends OutputStream {
    private final ObjectStore store;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final ByteArrayOutputStream flushed = new ByteArrayOutputStream();

    Sent(ObjectStore store) {
      this.store = store;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      waiting.write(bytes, offset, length);
      String line = new String(bytes, offset, length, StandardCharsets.UTF_8);
      if (line.contains("\"first\"")) {
        store.put(POD, named("pod"));
      } else if (line.contains("\"pod\"")) {
        store.put(OTHER, named("other"));
      }
    }

    @Override
    public void flush() {
      flushed.writeBytes(waiting.toByteArray());
      waiting.reset();
    }

    String text() {
      return flushed.toString(StandardCharsets.UTF_8);
    }
  }
}
