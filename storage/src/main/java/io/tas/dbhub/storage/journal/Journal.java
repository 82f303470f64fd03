package io.tas.dbhub.storage.journal;

import com.zaxxer.hikari.HikariDataSource;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.storage.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Who did what, and never unwritten: the database itself refuses to change or delete an entry. Safe
 * for use by several threads and processes. {@link #migrate} must have run once.
 *
 * <p>Every method throws {@link JournalUnavailableException} when the database cannot do it now;
 * but for {@link #migrate} that is known within five seconds.
 */
public final class Journal implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final JournalDatabase database;
  private final HikariDataSource pool;
  private final AuditTable table;
  private final TimeLimit limit;

  private Journal(JournalDatabase database, Duration limit) {
    this.database = database;
    this.pool = database.pool();
    this.table = new AuditTable(Jdbi.create(pool));
    this.limit = new TimeLimit(limit, "journal");
  }

  /**
   * Connects when it is first used, so the database need not be there yet.
   *
   * @param url {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql://…}, without credentials
   * @param username not looked at for SQLite
   * @throws IllegalArgumentException if the URL leads to neither database, or holds a password
   */
  public static Journal open(String url, String username, String password) {
    return open(url, username, password, LIMIT);
  }

  static Journal open(String url, String username, String password, Duration limit) {
    return new Journal(JournalDatabase.of(url, username, password), limit);
  }

  /** Brings the tables up to date. May be repeated, also by several processes at once. */
  public void migrate() {
    try {
      Path file = database.file();
      Path folder = file == null ? null : file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      database.migrate();
    } catch (FlywayException | IOException e) {
      throw new JournalUnavailableException(e);
    }
  }

  /** Adds all of them or none. One whose id is there already stays as it was first written. */
  public void append(List<AuditEntry> entries) {
    limited(
        () -> {
          table.append(entries);
          return true;
        });
  }

  /**
   * One page of a tenant's entries, newest first.
   *
   * @throws IllegalArgumentException if the cursor is not one of the journal
   */
  public AuditPage list(AuditQuery query) {
    return limited(() -> table.list(query));
  }

  /** Asks for the least there is to answer: whether there is a journal. */
  public void ping() {
    limited(
        () -> {
          table.ping();
          return true;
        });
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T limited(Callable<T> work) {
    try {
      return limit.call(work);
    } catch (ExecutionException e) {
      throw translated(e);
    } catch (TimeoutException e) {
      throw new JournalUnavailableException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException(e);
    }
  }

  /** Jdbi's exceptions quote what was bound; the database's own below them is enough. */
  private static RuntimeException translated(ExecutionException thrown) {
    Throwable cause = thrown.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof JdbiException) {
      Throwable below = cause.getCause();
      return new JournalUnavailableException(below == null ? cause : below);
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
