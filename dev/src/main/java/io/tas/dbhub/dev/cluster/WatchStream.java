package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.dev.cluster.StoreEvent.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One watch: the state or the changes so far, then each further change as a line, until time or
 * client end it.
 */
final class WatchStream {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /**
   * What was asked for.
   *
   * @param since the resourceVersion to resume after; empty or 0 to start from the present objects
   * @param bookmarks whether the client wants to be told revisions without changes
   * @param initial whether the present objects come first, closed by an annotated bookmark
   * @param limit how long the watch lasts
   */
  record Options(String since, boolean bookmarks, boolean initial, Duration limit) {}

  private final ObjectStore store;
  private final ResourceType type;
  private final String namespace;
  private final Predicate<JsonNode> selection;
  private final Function<ObjectNode, JsonNode> rendering;
  private final Options options;

  WatchStream(
      ObjectStore store,
      ResourceType type,
      String namespace,
      Predicate<JsonNode> selection,
      Function<ObjectNode, JsonNode> rendering,
      Options options) {
    this.store = store;
    this.type = type;
    this.namespace = namespace;
    this.selection = selection;
    this.rendering = rendering;
    this.options = options;
  }

  void writeTo(OutputStream out) throws IOException {
    BlockingQueue<StoreEvent> changes = new LinkedBlockingQueue<>();
    Consumer<StoreEvent> listener = changes::add;
    try {
      List<JsonNode> first =
          store.exclusively(
              () -> {
                List<JsonNode> lines = start();
                store.listen(listener);
                return lines;
              });
      for (JsonNode line : first) {
        write(out, line);
      }
      out.flush();
      follow(changes, out);
    } catch (ApiFailure gone) {
      write(out, Json.object().put("type", "ERROR").set("object", gone.status()));
      out.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      store.forget(listener);
    }
  }

  private List<JsonNode> start() {
    List<JsonNode> lines = new ArrayList<>();
    boolean resume =
        !options.since().isEmpty() && !options.since().equals("0") && !options.initial();
    if (resume) {
      for (StoreEvent event : store.since(revision(options.since()))) {
        add(event, lines);
      }
      return lines;
    }
    for (ObjectNode object : store.list(type.group(), type.plural(), namespace)) {
      if (selection.test(object)) {
        lines.add(line("ADDED", object));
      }
    }
    if (options.initial()) {
      lines.add(bookmark(store.revision(), true));
    }
    return lines;
  }

  private void follow(BlockingQueue<StoreEvent> changes, OutputStream out)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + options.limit().toNanos();
    boolean unsent = false;
    while (System.nanoTime() < end) {
      long wait = Math.min(end - System.nanoTime(), HEARTBEAT.toNanos());
      StoreEvent event = changes.poll(wait, TimeUnit.NANOSECONDS);
      List<JsonNode> lines = new ArrayList<>();
      if (event != null) {
        add(event, lines);
      } else if (options.bookmarks()) {
        long revision = store.exclusively(() -> changes.isEmpty() ? store.revision() : -1);
        if (revision > 0) {
          lines.add(bookmark(revision, false));
        }
      }
      for (JsonNode line : lines) {
        write(out, line);
        unsent = true;
      }
      // What comes next may concern this watcher not at all, and send nothing on.
      if (unsent && changes.isEmpty()) {
        out.flush();
        unsent = false;
      }
    }
  }

  private void add(StoreEvent event, List<JsonNode> lines) {
    if (!event.key().of(type.group(), type.plural())
        || !(namespace.isEmpty() || namespace.equals(event.key().namespace()))) {
      return;
    }
    boolean before = event.before().filter(selection).isPresent();
    boolean now = event.change() != Change.DELETED && selection.test(event.object());
    if (now) {
      lines.add(line(before ? "MODIFIED" : "ADDED", event.object()));
    } else if (before) {
      // Deleted, or changed so that the selector no longer matches: the same for this watcher.
      lines.add(line("DELETED", event.object()));
    }
  }

  private JsonNode line(String kind, ObjectNode object) {
    return Json.object().put("type", kind).set("object", rendering.apply(object));
  }

  private JsonNode bookmark(long revision, boolean initialEnd) {
    ObjectNode object = type.typed(Json.object());
    ObjectNode metadata = Json.metadata(object).put("resourceVersion", Long.toString(revision));
    if (initialEnd) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    return Json.object().put("type", "BOOKMARK").set("object", object);
  }

  private static long revision(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ApiFailure.badRequest("invalid resource version: " + text);
    }
  }

  private static void write(OutputStream out, JsonNode line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
