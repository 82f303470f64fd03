package io.tas.dbhub.dev.engine;

/** A recipe could not be carried out on this machine; the message is for people. */
final class BuildFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  BuildFailedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
