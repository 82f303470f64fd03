package io.tas.dbhub.storage.journal;

import com.zaxxer.hikari.HikariDataSource;
import io.tas.dbhub.core.audit.AuditEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/**
 * Who did what, and never unwritten: the database itself refuses to change or delete an entry; and
 * beside it who asked what, and how databases fared, which is forgotten after a while. Safe for use
 * by several threads and processes. {@link #migrate} must have run once.
 *
 * <p>Every method throws {@link JournalUnavailableException} when the database cannot do it now;
 * but for {@link #migrate} that is known within five seconds.
 */
public final class Journal implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final JournalDatabase database;
  private final HikariDataSource pool;
  private final AuditTable table;
  private final QueryLog queries;
  private final SavedQueries saved;
  private final AgentTokens tokens;
  private final HealthLog health;
  private final ScheduleResults results;
  private final Batches batches;
  private final JournalCalls calls;

  private Journal(JournalDatabase database, Duration limit) {
    this.database = database;
    this.pool = database.pool();
    Jdbi jdbi = Jdbi.create(pool);
    this.calls = new JournalCalls(limit);
    this.table = new AuditTable(jdbi);
    this.queries = new QueryLog(jdbi, calls);
    this.saved = new SavedQueries(jdbi, calls);
    this.tokens = new AgentTokens(jdbi, calls);
    this.health = new HealthLog(jdbi, calls);
    this.results = new ScheduleResults(jdbi, calls);
    this.batches = new Batches(jdbi, calls, Clock.systemUTC());
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
    calls.run(() -> table.append(entries));
  }

  /**
   * One page of a tenant's entries, newest first.
   *
   * @throws IllegalArgumentException if the cursor is not one of the journal
   */
  public AuditPage list(AuditQuery query) {
    return calls.call(() -> table.list(query));
  }

  /** Asks for the least there is to answer: whether there is a journal. */
  public void ping() {
    calls.run(table::ping);
  }

  /** Who asked what. */
  public QueryLog queries() {
    return queries;
  }

  /** Queries that somebody gave a name. */
  public SavedQueries savedQueries() {
    return saved;
  }

  /** The tokens that agents have. */
  public AgentTokens tokens() {
    return tokens;
  }

  /** How databases fared. */
  public HealthLog health() {
    return health;
  }

  /** Requests for many databases. */
  public Batches batches() {
    return batches;
  }

  /** What queries of schedules answered. */
  public ScheduleResults scheduleResults() {
    return results;
  }

  /**
   * How much everybody may still do, counted for all processes that share the journal.
   *
   * @param within what one answer may take
   * @return empty where no other process shares in it: with SQLite. The caller closes it
   */
  public Optional<RateBuckets> rateBuckets(Duration within) {
    return database.shared() ? Optional.of(RateBuckets.of(database, within)) : Optional.empty();
  }

  @Override
  public void close() {
    pool.close();
  }
}
