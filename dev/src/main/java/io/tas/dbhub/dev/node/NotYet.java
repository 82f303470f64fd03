package io.tas.dbhub.dev.node;

/** A container cannot start now and may later: the reason is shown in the Pod's status. */
final class NotYet extends Exception {

  private final String reason;

  NotYet(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /**
   * In one word, as Kubernetes names it: {@code CreateContainerConfigError}, {@code ErrImagePull}.
   */
  String reason() {
    return reason;
  }
}
