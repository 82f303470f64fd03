package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what somebody who watches a batch is told, as server-sent events. For one thread. */
final class ProgressStream {
  /** Its watcher comes again; no connection is open for ever. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final String RETRY = "retry: 2000\n\n";

  private final Scope scope;
  private final String batchId;
  private final ObjectMapper json;
  private final Instant until;
  private @Nullable String told;
  private Instant last;
  private boolean begun;

  /**
   * @param told the id of the event that the watcher knows; null where it knows none
   */
  ProgressStream(
      Scope scope, String batchId, @Nullable String told, ObjectMapper json, Instant now) {
    this.scope = scope;
    this.batchId = batchId;
    this.told = told;
    this.json = json;
    this.until = now.plus(LONGEST);
    this.last = now;
  }

  Scope scope() {
    return scope;
  }

  String batchId() {
    return batchId;
  }

  /**
   * @param text empty where there is nothing to tell
   * @param last whether nothing follows
   */
  record Step(String text, boolean last) {}

  /** The journal does not answer: nothing is known, and the watcher waits. */
  Step blind(Instant now) {
    return new Step(begin(now) + heartbeat(now), now.isAfter(until));
  }

  /**
   * @param batch as it is now; empty when it was deleted
   */
  Step look(Optional<Batch> batch, Instant now) {
    StringBuilder text = new StringBuilder(begin(now));
    if (batch.isEmpty()) {
      text.append(event("end", "gone", Map.of("id", batchId, "state", "deleted")));
      return new Step(text.toString(), true);
    }
    String mark = Progress.mark(batch.get());
    if (!mark.equals(told)) {
      text.append(event("progress", mark, Progress.of(batch.get())));
      told = mark;
      last = now;
    }
    if (batch.get().state().ended()) {
      text.append(event("end", mark, Progress.of(batch.get())));
      return new Step(text.toString(), true);
    }
    return new Step(text.append(heartbeat(now)).toString(), now.isAfter(until));
  }

  private String begin(Instant now) {
    if (begun) {
      return "";
    }
    begun = true;
    last = now;
    return RETRY;
  }

  private String heartbeat(Instant now) {
    if (now.isBefore(last.plus(HEARTBEAT))) {
      return "";
    }
    last = now;
    return ": still here\n\n";
  }

  private String event(String name, String id, Object data) {
    try {
      return "event: %s\nid: %s\ndata: %s\n\n".formatted(name, id, json.writeValueAsString(data));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event cannot be written", e);
    }
  }
}
