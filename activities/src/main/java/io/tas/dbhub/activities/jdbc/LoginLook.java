package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LoginRights;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a probe asks what the login of a read-only connection may do, and what the answer means. Not
 * with each probe: it is a statement more, over the server's whole catalogue, of what hardly ever
 * changes. Thread-safe.
 */
public final class LoginLook {
  private final Duration every;
  private final Clock clock;

  /**
   * @param every how old an answer may be
   */
  public LoginLook(Duration every, Clock clock) {
    this.every = every;
    this.clock = clock;
  }

  /**
   * @param known null where nothing is
   */
  boolean due(Connection.Found connection, @Nullable LoginFinding known) {
    return concerns(connection)
        && (known == null
            || known.rights() == LoginRights.UNASKED
            || known.generation() != connection.said().generation()
            || clock.millis() - known.askedAtMillis() >= every.toMillis());
  }

  /**
   * What is known after the probe; null where that is what was known before.
   *
   * @param asked whether the probe asked for it
   */
  @Nullable LoginFinding found(
      Connection.Found connection,
      @Nullable LoginFinding known,
      boolean asked,
      Diagnosis diagnosis) {
    if (!concerns(connection)) {
      boolean told = known != null && known.rights() == LoginRights.UNASKED;
      return told ? null : finding(connection, LoginRights.UNASKED);
    }
    if (!asked || !diagnosis.reachable()) {
      return null;
    }
    Boolean readOnly = diagnosis.readOnlyRole();
    if (readOnly == null) {
      // Asked again and again, who does not answer would not answer again.
      return finding(connection, LoginRights.UNKNOWN);
    }
    return finding(connection, readOnly ? LoginRights.READ_ONLY : LoginRights.MAY_WRITE);
  }

  /** A file has no login, and what may write itself may have one that does. */
  private static boolean concerns(Connection.Found connection) {
    return connection.said().readOnly() && connection.target().type() != DatabaseType.SQLITE;
  }

  private LoginFinding finding(Connection.Found connection, LoginRights rights) {
    return new LoginFinding(rights, connection.said().generation(), clock.millis());
  }
}
