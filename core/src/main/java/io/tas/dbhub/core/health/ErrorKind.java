package io.tas.dbhub.core.health;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds a driver's error is reduced to. */
public enum ErrorKind {
  /** No address, refused, reset, no route. */
  CONNECTION,
  TLS,
  AUTHENTICATION,
  /** Logged in, but may not do it; or the address is one that must not be connected to. */
  PERMISSION,
  SYNTAX,
  TIMEOUT,
  /** The resource or its Secret is missing or cannot be used. */
  CONFIGURATION,
  UNKNOWN;

  /** As the reason of a condition. */
  public String reason() {
    return switch (this) {
      case CONNECTION -> "ConnectionFailed";
      case TLS -> "TlsFailed";
      case AUTHENTICATION -> "AuthenticationFailed";
      case PERMISSION -> "PermissionDenied";
      case SYNTAX -> "ProbeRefused";
      case TIMEOUT -> "Timeout";
      case CONFIGURATION -> "ConfigurationInvalid";
      case UNKNOWN -> "ProbeFailed";
    };
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static ErrorKind parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
