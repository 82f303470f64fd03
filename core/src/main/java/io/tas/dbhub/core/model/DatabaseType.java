package io.tas.dbhub.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The engines a connection can lead to. The wire name is the one of the Database resource. */
public enum DatabaseType {
  POSTGRES("postgres", 5432),
  MYSQL("mysql", 3306),
  MARIADB("mariadb", 3306),
  SQLSERVER("sqlserver", 1433),
  SQLITE("sqlite", 0);

  private final String wireName;
  private final int defaultPort;

  DatabaseType(String wireName, int defaultPort) {
    this.wireName = wireName;
    this.defaultPort = defaultPort;
  }

  @JsonValue
  public String wireName() {
    return wireName;
  }

  /** The port used when none is given; 0 for a type that is a file. */
  public int defaultPort() {
    return defaultPort;
  }

  /** False for a database that is a file: it has no host, port, TLS or login. */
  public boolean networked() {
    return this != SQLITE;
  }

  public static Optional<DatabaseType> fromWireName(String name) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(name)).findFirst();
  }

  @JsonCreator
  static DatabaseType parse(String name) {
    return fromWireName(name)
        .orElseThrow(() -> new IllegalArgumentException("unknown database type"));
  }
}
