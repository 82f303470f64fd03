package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.kubernetes.Connection;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.health.HealthPolicy;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.ProbeFigures;
import io.tas.dbhub.core.health.QuietCheck;
import io.tas.dbhub.core.health.QuietChecks;
import io.tas.dbhub.core.names.Reasons;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Short checks of connections that work. While one runs it keeps a workflow task busy, so there are
 * few at a time and none waits: targets that all begin to hang at once hold nothing else up.
 * Thread-safe.
 */
public final class JdbcQuietChecks implements QuietChecks {
  /** Several times what the slowest target took that is checked this way. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final TargetProber prober;
  private final ConnectionSource connections;
  private final HealthPolicy policy;
  private final LoginLook logins;
  private final Consumer<HealthReport> inventory;
  private final Semaphore free;

  /**
   * @param inventory writes down what was found, or throws
   * @param atOnce how many at a time
   */
  public JdbcQuietChecks(
      TargetProber prober,
      ConnectionSource connections,
      HealthPolicy policy,
      LoginLook logins,
      Consumer<HealthReport> inventory,
      int atOnce) {
    this.prober = prober;
    this.connections = connections;
    this.policy = policy;
    this.logins = logins;
    this.inventory = inventory;
    this.free = new Semaphore(atOnce);
  }

  @Override
  public boolean worksStill(QuietCheck check) {
    if (!check.policy().equals(policy) || !free.tryAcquire()) {
      return false;
    }
    try {
      return connections.known(check.resource()) instanceof Connection.Found found
          && asItWas(check, found)
          && works(check, found);
    } finally {
      free.release();
    }
  }

  private boolean asItWas(QuietCheck check, Connection.Found found) {
    return found.said().generation() == check.state().generation()
        && !logins.due(found, check.state().login());
  }

  private boolean works(QuietCheck check, Connection.Found found) {
    Diagnosis diagnosis = prober.reach(found.target(), found.credentials(), PATIENCE, false);
    if (!diagnosis.reachable()) {
      return false;
    }
    inventory.accept(
        new HealthReport(
            check.resource(),
            check.database(),
            check.state().status(),
            check.state().message(),
            check.state().generation(),
            check.at(),
            found.said().digest(),
            Reasons.CONNECTED,
            null,
            null,
            true,
            check.state().login(),
            new ProbeFigures(true, diagnosis.durationMillis())));
    return true;
  }
}
