package io.tas.dbhub.activities.jdbc;

import io.tas.dbhub.activities.jdbc.net.FloodException;
import io.tas.dbhub.activities.jdbc.net.TargetTrust;
import io.tas.dbhub.core.model.DatabaseType;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reduces what a driver throws to a {@link Problem}. Decides by types, SQL states and error codes;
 * a driver's text is never read and never passed on, for it may quote what it was given.
 */
final class ErrorTranslator {
  /**
   * How far the probe had come, as far as we know without the driver.
   *
   * @param trust empty for a file
   */
  record Progress(boolean encrypted, Optional<TargetTrust> trust) {
    static Progress unencrypted() {
      return new Progress(false, Optional.empty());
    }

    boolean beforeTls() {
      return encrypted && trust.filter(TargetTrust::accepted).isEmpty();
    }
  }

  private static final Logger LOG = Logger.getLogger(ErrorTranslator.class.getName());

  private final DatabaseType type;

  ErrorTranslator(DatabaseType type) {
    this.type = type;
  }

  Problem translate(Throwable thrown, Progress progress) {
    Optional<Problem> certificate =
        progress.trust().flatMap(TargetTrust::rejection).map(ErrorTranslator::rejected);
    if (certificate.isPresent()) {
      return certificate.get();
    }
    List<Throwable> chain = chain(thrown);
    return chain.stream()
        .filter(SQLException.class::isInstance)
        .flatMap(link -> known((SQLException) link).stream())
        .findFirst()
        .or(() -> network(chain, progress))
        .orElseGet(() -> byState(chain, progress));
  }

  /** An error out of the probe itself. */
  static Problem unforeseen(Throwable thrown) {
    return unforeseen(chain(thrown));
  }

  private Optional<Problem> known(SQLException thrown) {
    return switch (type) {
      case POSTGRES -> ServerErrors.postgres(thrown);
      case MYSQL, MARIADB -> ServerErrors.mysql(thrown);
      case SQLSERVER -> ServerErrors.sqlServer(thrown);
      case SQLITE -> ServerErrors.sqlite(thrown);
    };
  }

  private static Problem rejected(TargetTrust.Rejection rejection) {
    return switch (rejection) {
      case UNTRUSTED -> Problem.CERTIFICATE_UNTRUSTED;
      case OUT_OF_DATE -> Problem.CERTIFICATE_OUT_OF_DATE;
      case WRONG_HOST -> Problem.CERTIFICATE_WRONG_HOST;
    };
  }

  private static Optional<Problem> network(List<Throwable> chain, Progress progress) {
    if (has(chain, FloodException.class)) {
      return Optional.of(Problem.FLOODED);
    }
    if (has(chain, SocketTimeoutException.class) || has(chain, SQLTimeoutException.class)) {
      return Optional.of(Problem.SILENT);
    }
    if (progress.encrypted() && has(chain, SSLException.class)) {
      return Optional.of(Problem.TLS_FAILED);
    }
    if (has(chain, EOFException.class) || has(chain, IOException.class)) {
      return Optional.of(Problem.BROKE_OFF);
    }
    return Optional.empty();
  }

  private static Problem byState(List<Throwable> chain, Progress progress) {
    if (chain.stream().noneMatch(SQLException.class::isInstance)) {
      return unforeseen(chain);
    }
    return chain.stream()
        .filter(SQLException.class::isInstance)
        .map(link -> byState(((SQLException) link).getSQLState(), progress))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Problem.UNKNOWN);
  }

  /**
   * An index out of bounds, a number that is none: either the answer was not of this protocol, and
   * the driver did not notice, or the mistake is in this program.
   */
  private static Problem unforeseen(List<Throwable> chain) {
    Throwable root = chain.get(chain.size() - 1);
    if (root instanceof OutOfMemoryError) {
      return Problem.NOT_THE_ENGINE;
    }
    // Without its message, which may quote the login.
    LOG.log(Level.WARNING, "a probe ended by {0}", root.getClass().getName());
    return Problem.UNFORESEEN;
  }

  private static Optional<Problem> byState(@Nullable String state, Progress progress) {
    if (state == null || state.length() != 5) {
      return Optional.empty();
    }
    if (state.equals("08004") && !progress.beforeTls()) {
      return Optional.of(Problem.LOGIN_METHOD);
    }
    if (state.equals("S1000")) {
      // MySQL's driver, of an answer that it cannot read.
      return Optional.of(Problem.NOT_THE_ENGINE);
    }
    return switch (state.substring(0, 2)) {
      case "28" -> Optional.of(Problem.LOGIN_REFUSED);
      // The driver itself gave up, with the line intact.
      case "08" -> Optional.of(progress.beforeTls() ? Problem.TLS_NOT_OFFERED : Problem.BROKE_OFF);
      case "42" -> Optional.of(Problem.STATEMENT_REFUSED);
      default -> Optional.empty();
    };
  }

  private static boolean has(List<Throwable> chain, Class<? extends Throwable> kind) {
    return chain.stream().anyMatch(kind::isInstance);
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = thrown; t != null && seen.add(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }
}
