package io.tas.dbhub.storage.journal;

/**
 * The journal's database cannot be reached, does not let us in, has not been migrated yet, or could
 * not do it now. Trying later can help.
 */
public final class JournalUnavailableException extends RuntimeException {
  public JournalUnavailableException(Throwable cause) {
    super("the journal is not available", cause);
  }
}
