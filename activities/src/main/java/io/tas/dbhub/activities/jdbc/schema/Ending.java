package io.tas.dbhub.activities.jdbc.schema;

import io.tas.dbhub.activities.jdbc.net.Pin;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** How another thread ends a reading, at whatever it is. Thread-safe. */
final class Ending {
  /** Apart from the sockets: cancelling asks the target, which may not answer. */
  private final Object running = new Object();

  private @Nullable Statement statement;
  private boolean cancelled;
  private @Nullable Pin pin;
  private boolean aborted;

  /** It is about to connect. */
  synchronized void opens(Pin opening) {
    pin = opening;
    if (aborted) {
      opening.close();
    }
  }

  /**
   * @throws SQLException when it is to run no more
   */
  void runs(Statement next) throws SQLException {
    synchronized (running) {
      if (cancelled) {
        throw new SQLException("ended");
      }
      statement = next;
    }
  }

  /** From now on cancelling concerns no statement: they are closed. */
  void over() {
    synchronized (running) {
      statement = null;
    }
  }

  /** Asks the target to end what it does, and begins nothing else. May wait for the target. */
  void cancel() {
    synchronized (running) {
      cancelled = true;
      try {
        if (statement != null) {
          statement.cancel();
        } else {
          abort();
        }
      } catch (SQLException | RuntimeException e) {
        abort();
      }
    }
  }

  /** Where the target does not end it: its sockets are closed, later ones too. */
  synchronized void abort() {
    aborted = true;
    if (pin != null) {
      pin.close();
    }
  }
}
