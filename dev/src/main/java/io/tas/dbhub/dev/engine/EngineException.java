package io.tas.dbhub.dev.engine;

/**
 * An engine could not be obtained, started or stopped; the message says which, why, and what to do.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
