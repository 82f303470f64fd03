package io.tas.dbhub.dev.engine;

/** A user of an engine with its password, which never gets into a text by accident. */
public record Login(String user, String password) {
  @Override
  public String toString() {
    return user + ":***";
  }
}
