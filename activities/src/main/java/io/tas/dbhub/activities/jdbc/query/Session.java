package io.tas.dbhub.activities.jdbc.query;

import io.tas.dbhub.activities.jdbc.TargetConnector.Opened;
import io.tas.dbhub.activities.jdbc.net.Pin;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A connection to a target that runs one query after the other. Of one thread at a time. */
final class Session {
  /** What protocols add to the values. */
  private static final long OVERHEAD = 8L << 20;

  private final Opened opened;
  private final Engine engine;
  private @Nullable QueryBounds prepared;

  Session(Opened opened, Engine engine) {
    this.opened = opened;
    this.engine = engine;
  }

  Connection connection() {
    return opened.connection();
  }

  Engine engine() {
    return engine;
  }

  /**
   * @param transaction see {@link Engine#begin}
   */
  void begin(QueryBounds bounds, boolean transaction) throws SQLException {
    // A row that nobody can hold is a flood.
    opened.pin().ifPresent(pin -> pin.allow(2 * bounds.maxBytes() + OVERHEAD));
    if (prepared == null || !prepared.sameSettings(bounds)) {
      connection().setAutoCommit(true);
      engine.prepare(connection(), bounds);
      prepared = bounds;
    }
    engine.begin(connection(), bounds, transaction);
  }

  /** Ends the sockets with the connection, however the driver feels about it. */
  void close() {
    try {
      connection().close();
    } catch (SQLException e) {
      // Its sockets are closed in any case.
    } finally {
      opened.pin().ifPresent(Pin::close);
    }
  }

  /** Ends a read that a driver hangs in. */
  void abort() {
    opened.pin().ifPresent(Pin::close);
  }
}
