package io.tas.dbhub.core.sealing;

/**
 * A username and a password in clear. Not a record, and without bean getters, so that no serializer
 * and no {@code toString} can carry it into a history or a log.
 */
public final class Credentials {
  private final String username;
  private final String password;

  public Credentials(String username, String password) {
    this.username = username;
    this.password = password;
  }

  public String username() {
    return username;
  }

  public String password() {
    return password;
  }

  @Override
  public String toString() {
    return "Credentials[hidden]";
  }
}
