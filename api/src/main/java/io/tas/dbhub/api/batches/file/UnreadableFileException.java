package io.tas.dbhub.api.batches.file;

/** A file of which no further row can be read. The message quotes nothing of it. */
public final class UnreadableFileException extends RuntimeException {
  private final long line;

  UnreadableFileException(long line, String message) {
    super(message);
    this.line = line;
  }

  /** In which line that is, from 1. */
  public long line() {
    return line;
  }

  /** What is wrong there, to be read after "line 12". */
  public String message() {
    return String.valueOf(getMessage());
  }
}
