package io.tas.dbhub.core.sealing;

/** Sealed credentials that do not open. Carries no cause: a cause could quote what it read. */
public final class UnsealableException extends RuntimeException {
  public UnsealableException(String message) {
    super(message);
  }
}
