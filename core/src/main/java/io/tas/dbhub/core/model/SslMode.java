package io.tas.dbhub.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** How a connection is encrypted, in PostgreSQL's words, which the Database resource uses. */
public enum SslMode {
  DISABLE("disable"),
  /** Encrypted; the server's certificate is not checked. */
  REQUIRE("require"),
  /** Encrypted; the certificate must come from a trusted authority. */
  VERIFY_CA("verify-ca"),
  /** As verify-ca, and the certificate must name the host. */
  VERIFY_FULL("verify-full");

  private final String wireName;

  SslMode(String wireName) {
    this.wireName = wireName;
  }

  @JsonValue
  public String wireName() {
    return wireName;
  }

  public boolean encrypted() {
    return this != DISABLE;
  }

  public static Optional<SslMode> fromWireName(String name) {
    return Arrays.stream(values()).filter(mode -> mode.wireName.equals(name)).findFirst();
  }

  @JsonCreator
  static SslMode parse(String name) {
    return fromWireName(name).orElseThrow(() -> new IllegalArgumentException("unknown ssl mode"));
  }
}
