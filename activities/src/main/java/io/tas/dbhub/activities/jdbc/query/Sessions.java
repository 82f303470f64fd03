package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.activities.jdbc.TargetConnector;
import io.tas.dbhub.core.model.DatabaseType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/** Connections that are kept for a while after a query, for the next one. Thread-safe. */
final class Sessions implements AutoCloseable {
  private static final Map<DatabaseType, Engine> ENGINES =
      Map.of(
          DatabaseType.POSTGRES, new PostgresEngine(),
          DatabaseType.MYSQL, new MySqlEngine(false),
          DatabaseType.MARIADB, new MySqlEngine(true),
          DatabaseType.SQLITE, new SqliteEngine(),
          DatabaseType.SQLSERVER, new SqlServerEngine());

  private final GenericKeyedObjectPool<TargetKey, Session> pool;

  /** By what a connection was reached last: what is of other credentials is not kept. */
  private final Map<Object, TargetKey> current = new ConcurrentHashMap<>();

  /**
   * @param perTarget connections to one target with one login
   * @param all connections
   */
  Sessions(TargetConnector connector, int perTarget, int all, Duration idle) {
    GenericKeyedObjectPoolConfig<Session> config = new GenericKeyedObjectPoolConfig<>();
    config.setMaxTotalPerKey(perTarget);
    config.setMaxIdlePerKey(perTarget);
    config.setMaxTotal(all);
    config.setTestOnBorrow(true);
    config.setTimeBetweenEvictionRuns(idle.dividedBy(2));
    config.setMinEvictableIdleDuration(idle);
    config.setNumTestsPerEvictionRun(-1);
    config.setJmxEnabled(false);
    this.pool = new GenericKeyedObjectPool<>(new Factory(connector), config);
  }

  /**
   * From now on this is how a connection is reached, and no other way.
   *
   * @param owner the connection, with what else tells its ways apart
   */
  void reachedBy(Object owner, TargetKey key) {
    TargetKey before = current.put(owner, key);
    if (before != null && !before.equals(key)) {
      pool.clear(before);
    }
  }

  /** There is no way to it any more. */
  void unreachable(Object owner) {
    TargetKey before = current.remove(owner);
    if (before != null) {
      pool.clear(before);
    }
  }

  /**
   * @param patience how long to wait where all are in use
   * @throws java.util.NoSuchElementException when all stayed in use
   * @throws TargetConnector.RefusedException when there is none and none can be opened
   */
  Session borrow(TargetKey key, Duration patience) throws Exception {
    return pool.borrowObject(key, patience.toMillis());
  }

  /** For the next query, unless the connection is reached in another way meanwhile. */
  void giveBack(Object owner, TargetKey key, Session session) {
    if (key.equals(current.get(owner))) {
      pool.returnObject(key, session);
    } else {
      discard(key, session);
    }
  }

  /** Closes it: nobody knows what state it is in. */
  void discard(TargetKey key, Session session) {
    try {
      pool.invalidateObject(key, session);
    } catch (Exception e) {
      session.close();
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  private static final class Factory extends BaseKeyedPooledObjectFactory<TargetKey, Session> {
    /** What was used a moment ago needs no question. */
    private static final Duration SURE = Duration.ofSeconds(1);

    private static final int ANSWERS_WITHIN_SECONDS = 2;

    private final TargetConnector connector;

    Factory(TargetConnector connector) {
      this.connector = connector;
    }

    @Override
    public Session create(TargetKey key) throws Exception {
      Engine engine = java.util.Objects.requireNonNull(ENGINES.get(key.target().type()));
      return new Session(connector.open(key.target(), key.credentials(), key.readOnly()), engine);
    }

    @Override
    public PooledObject<Session> wrap(Session session) {
      return new DefaultPooledObject<>(session);
    }

    @Override
    public boolean validateObject(TargetKey key, PooledObject<Session> pooled) {
      if (pooled.getIdleDuration().compareTo(SURE) < 0 || !key.target().type().networked()) {
        return true;
      }
      try {
        return pooled.getObject().connection().isValid(ANSWERS_WITHIN_SECONDS);
      } catch (java.sql.SQLException e) {
        return false;
      }
    }

    @Override
    public void destroyObject(TargetKey key, PooledObject<Session> pooled) {
      pooled.getObject().close();
    }
  }
}
