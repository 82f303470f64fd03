package io.tas.dbhub.storage.journal;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * How much everybody may still do, in the journal's PostgreSQL: every process counts on the same
 * line, which it locks for the time of two statements. Safe for use by several threads and
 * processes.
 *
 * <p>It has connections of its own, so that nobody's list of the history keeps a query waiting, and
 * they do not wait until the disk has a token: a server that dies gives back those of its last
 * second.
 */
public final class RateBuckets implements AutoCloseable {
  private static final int POOL_SIZE = 4;
  private static final String ON_CONNECT =
      "SET statement_timeout = '2s'; SET synchronous_commit = off";

  /** A bucket that is full again says as much as none, a little later. */
  private static final Duration KEPT_FULL = Duration.ofMinutes(10);

  private final HikariDataSource pool;
  private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
  private final JournalCalls calls;

  private RateBuckets(HikariDataSource pool, JournalCalls calls) {
    this.pool = pool;
    this.calls = calls;
    this.buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(pool)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("rate_buckets")
            .idColumn("id")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_FULL))
            .build();
  }

  static RateBuckets of(JournalDatabase database, Duration within) {
    return new RateBuckets(
        database.pool("rate-buckets", POOL_SIZE, 1, ON_CONNECT), new JournalCalls(within));
  }

  /**
   * Takes one token, if there is one.
   *
   * @param key whose bucket; at most 255 characters
   * @param fresh how a bucket begins that is not there
   * @throws JournalUnavailableException if there is no answer in time; whether a token was taken is
   *     not known then
   */
  public ConsumptionProbe take(String key, BucketConfiguration fresh) {
    return answered(
        () -> buckets.getProxy(JournalText.key(key), () -> fresh).tryConsumeAndReturnRemaining(1));
  }

  /**
   * Deletes buckets that are full again.
   *
   * @return how many there were; fewer than at most when none is left
   */
  public int forget(int atMost) {
    return answered(() -> buckets.removeExpired(atMost));
  }

  /** The library has exceptions of its own for what the database could not do. */
  private <T> T answered(Callable<T> work) {
    return calls.call(
        () -> {
          try {
            return work.call();
          } catch (RuntimeException e) {
            throw new JournalUnavailableException(e);
          }
        });
  }

  @Override
  public void close() {
    pool.close();
  }
}
