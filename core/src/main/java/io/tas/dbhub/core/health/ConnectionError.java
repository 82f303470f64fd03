package io.tas.dbhub.core.health;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection does not work, safe to show: no credential, no stack trace, no driver's text
 * that could hold one.
 *
 * @param message one sentence
 * @param suggestion what the reader can do
 * @param reason one of {@link io.tas.dbhub.core.names.Reasons} where the kind alone says too
 *     little; null where it says enough
 */
public record ConnectionError(
    ErrorKind kind, String message, String suggestion, @Nullable String reason) {
  /** Of which the kind says enough. */
  public ConnectionError(ErrorKind kind, String message, String suggestion) {
    this(kind, message, suggestion, null);
  }

  /** For a condition: a word in CamelCase. */
  public String reasonOrKind() {
    return reason == null ? kind.reason() : reason;
  }
}
