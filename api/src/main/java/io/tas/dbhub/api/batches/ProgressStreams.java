package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.lifecycle.Managed;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.Batch;
import io.tas.dbhub.storage.journal.Batches;
import io.tas.dbhub.storage.journal.JournalUnavailableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.jersey.server.ChunkedOutput;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who watches a batch how far it is. One thread looks every second, once for each
 * batch that is watched; a few others write, so that who does not read holds nobody up.
 * Thread-safe.
 */
final class ProgressStreams implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressStreams.class);
  private static final int MOST = 100;
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Batches batches;
  private final ObjectMapper json;
  private final Clock clock;
  private final ScheduledExecutorService looking;
  private final ExecutorService writing;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

  /**
   * @param looking one thread; the caller stops it
   * @param writing a few threads; likewise
   */
  ProgressStreams(
      Batches batches,
      ObjectMapper json,
      Clock clock,
      ScheduledExecutorService looking,
      ExecutorService writing) {
    this.batches = batches;
    this.json = json;
    this.clock = clock;
    this.looking = looking;
    this.writing = writing;
  }

  private record Key(Scope scope, String batchId) {}

  private static final class Watcher {
    private final ProgressStream stream;
    private final ChunkedOutput<String> output = new ChunkedOutput<>(String.class);
    private final AtomicBoolean busy = new AtomicBoolean();

    Watcher(ProgressStream stream) {
      this.stream = stream;
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with its thread.
  public void start() {
    looking.scheduleWithFixedDelay(
        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    watchers.forEach(ProgressStreams::close);
  }

  /**
   * What the watcher is answered with; it is told at once.
   *
   * @param told the id of the last event it got; null where it got none
   * @throws ProblemException TooManyRequests
   */
  ChunkedOutput<String> open(Batch batch, @Nullable String told) {
    if (watchers.size() >= MOST) {
      throw new ProblemException(
              FailureType.TOO_MANY_REQUESTS, "As many watch batches as may at once: " + MOST + ".")
          .withSuggestion("Ask for the batch itself now and then.")
          .withRetryAfter(Duration.ofSeconds(30));
    }
    Instant now = clock.instant();
    Watcher watcher = new Watcher(new ProgressStream(batch.scope(), batch.id(), told, json, now));
    ProgressStream.Step first = watcher.stream.look(Optional.of(batch), now);
    // The output keeps it until the answer has begun.
    watcher.busy.set(true);
    watchers.add(watcher);
    write(watcher, first);
    return watcher.output;
  }

  private void look() {
    watchers.removeIf(watcher -> watcher.output.isClosed());
    Map<Key, Optional<Batch>> seen = new HashMap<>();
    boolean blind = false;
    for (Watcher watcher : watchers) {
      if (watcher.busy.compareAndSet(false, true)) {
        Key key = new Key(watcher.stream.scope(), watcher.stream.batchId());
        try {
          if (!blind && !seen.containsKey(key)) {
            seen.put(key, batches.find(key.scope(), key.batchId()));
          }
        } catch (JournalUnavailableException e) {
          // The others would wait as long for the same answer.
          blind = true;
        } catch (RuntimeException e) {
          LOG.error("a batch that is watched cannot be read", e);
          blind = true;
        }
        Optional<Batch> found = seen.get(key);
        Instant now = clock.instant();
        hand(watcher, found == null ? watcher.stream.blind(now) : watcher.stream.look(found, now));
      }
    }
  }

  private void hand(Watcher watcher, ProgressStream.Step step) {
    if (step.text().isEmpty() && !step.last()) {
      watcher.busy.set(false);
      return;
    }
    try {
      writing.execute(() -> write(watcher, step));
    } catch (RejectedExecutionException stopping) {
      watchers.remove(watcher);
    }
  }

  private void write(Watcher watcher, ProgressStream.Step step) {
    try {
      watcher.output.write(step.text());
    } catch (IOException gone) {
      watchers.remove(watcher);
    }
    if (step.last()) {
      watchers.remove(watcher);
      close(watcher);
    }
    watcher.busy.set(false);
  }

  private static void close(Watcher watcher) {
    try {
      watcher.output.close();
    } catch (IOException e) {
      LOG.debug("a watcher was gone already", e);
    }
  }
}
