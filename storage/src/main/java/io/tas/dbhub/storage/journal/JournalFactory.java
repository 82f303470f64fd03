package io.tas.dbhub.storage.journal;

import java.util.List;

/** Where the journal is: the {@code journal} group of the configuration of API and worker. */
public final class JournalFactory {
  /**
   * {@code jdbc:sqlite:<file>}, shared by API and worker on one machine, or {@code
   * jdbc:postgresql://…}; without credentials.
   */
  public String url = "jdbc:sqlite:journal.db";

  public String username = "";
  public String password = "";

  /**
   * The servers it is kept on, as {@code host:port}; empty for a file.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public List<String> servers() {
    return JournalDatabase.of(url, username, password).servers();
  }

  /**
   * Connects when it is first used, so the database need not be there yet. The caller closes it.
   *
   * @throws IllegalArgumentException if the URL leads to neither database, or holds a password
   */
  public Journal open() {
    return Journal.open(url, username, password);
  }
}
