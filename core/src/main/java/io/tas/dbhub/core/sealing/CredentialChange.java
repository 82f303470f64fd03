package io.tas.dbhub.core.sealing;

import org.jspecify.annotations.Nullable;

/**
 * Credentials of which a half may be missing: it stays as it is. In clear, so it is kept from
 * serializers and logs like {@link Credentials}.
 */
public final class CredentialChange {
  private final @Nullable String username;
  private final @Nullable String password;

  public CredentialChange(@Nullable String username, @Nullable String password) {
    this.username = username;
    this.password = password;
  }

  /** Whether nothing was given. */
  public boolean isEmpty() {
    return username == null && password == null;
  }

  /** Both halves, if both were given. */
  public boolean isWhole() {
    return username != null && password != null;
  }

  public Credentials onto(Credentials current) {
    return new Credentials(
        username == null ? current.username() : username,
        password == null ? current.password() : password);
  }

  @Nullable String username() {
    return username;
  }

  @Nullable String password() {
    return password;
  }

  @Override
  public String toString() {
    return "CredentialChange[hidden]";
  }
}
