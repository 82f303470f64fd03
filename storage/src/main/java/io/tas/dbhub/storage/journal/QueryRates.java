package io.tas.dbhub.storage.journal;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.tas.dbhub.core.model.Scope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many queries somebody may begin within an hour, in all spaces of their tenant and all
 * processes together. An hour begins with the first query; at its end all are there again.
 * Thread-safe.
 *
 * <p>The processes count in the journal's PostgreSQL. While that does not answer, each counts for
 * itself: a limit holds at any time, but the most that somebody gets is then the limit once in each
 * of them. Of ten seconds of an outage one query waits for the journal, for as long as {@code
 * shared} waits. On SQLite each always counts for itself, and anew after a restart.
 */
public final class QueryRates {
  private static final Logger LOG = LoggerFactory.getLogger(QueryRates.class);
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(10);

  /** The least recently used goes, so whoever wants a limit forgotten needs this many users. */
  private static final int MOST_LOCAL = 10_000;

  private final int perHour;
  private final Optional<Shared> shared;
  private final Counter alone;
  private final BucketConfiguration fresh;
  private final Duration beforeAskingAgain;
  private final AtomicLong askAgainAt = new AtomicLong(System.nanoTime());
  private volatile boolean down;
  private final Map<String, Bucket> local =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
              return size() > MOST_LOCAL;
            }
          });

  /** Buckets that all processes share: those of the journal. */
  public interface Shared {
    /**
     * @throws JournalUnavailableException soon, if there is no answer
     */
    ConsumptionProbe take(String key, BucketConfiguration fresh);
  }

  /**
   * @param perHour 0 for as many as one likes
   * @param shared empty where each process counts for itself
   */
  public QueryRates(int perHour, Optional<Shared> shared, MetricRegistry metrics) {
    this(perHour, shared, BEFORE_ASKING_AGAIN, metrics);
  }

  /**
   * @param beforeAskingAgain how long an outage is believed
   */
  public QueryRates(
      int perHour, Optional<Shared> shared, Duration beforeAskingAgain, MetricRegistry metrics) {
    this.beforeAskingAgain = beforeAskingAgain;
    this.perHour = perHour;
    this.shared = shared;
    this.alone = metrics.counter("queries.counted_alone");
    long capacity = Math.max(1, perHour);
    this.fresh =
        BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(capacity).refillIntervally(capacity, WINDOW))
            .build();
  }

  /**
   * What somebody has left.
   *
   * @param taken whether there was one to take
   * @param limit queries within an hour; 0 for as many as one likes
   * @param remaining queries until the reset
   * @param untilReset until all of them may be asked again
   */
  public record Count(boolean taken, long limit, long remaining, Duration untilReset) {}

  /** Takes one query from what somebody has left, if there is one. */
  public Count take(Scope scope, String subject) {
    if (perHour == 0) {
      return new Count(true, 0, 0, Duration.ZERO);
    }
    ConsumptionProbe probe = probe(key(scope.tenantId(), subject));
    return new Count(
        probe.isConsumed(),
        perHour,
        probe.getRemainingTokens(),
        Duration.ofNanos(Math.max(0, probe.getNanosToWaitForReset())));
  }

  private ConsumptionProbe probe(String key) {
    if (shared.isEmpty()) {
      return alone(key);
    }
    if (down && !isTurnToAsk()) {
      alone.inc();
      return alone(key);
    }
    try {
      ConsumptionProbe probe = shared.get().take(key, fresh);
      if (down) {
        down = false;
        LOG.info("queries are counted for all processes again");
      }
      return probe;
    } catch (JournalUnavailableException e) {
      askAgainAt.set(System.nanoTime() + beforeAskingAgain.toNanos());
      if (!down) {
        down = true;
        LOG.warn("the journal is down; this process counts queries by itself", e);
      }
      alone.inc();
      return alone(key);
    }
  }

  /** One of those who ask at once finds out, the others do not wait. */
  private boolean isTurnToAsk() {
    long now = System.nanoTime();
    long at = askAgainAt.get();
    return now - at >= 0 && askAgainAt.compareAndSet(at, now + beforeAskingAgain.toNanos());
  }

  private ConsumptionProbe alone(String key) {
    Bucket bucket =
        local.computeIfAbsent(
            key,
            absent ->
                Bucket.builder()
                    .addLimit(limit -> limit.capacity(perHour).refillIntervally(perHour, WINDOW))
                    .build());
    return bucket.tryConsumeAndReturnRemaining(1);
  }

  /**
   * Of one length, and free of what a database would not store. The limit is part of it: another
   * limit is another bucket, since one keeps the size it was made with.
   */
  private String key(String tenantId, String subject) {
    try {
      byte[] text = (perHour + "\n" + tenantId + "\n" + subject).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
