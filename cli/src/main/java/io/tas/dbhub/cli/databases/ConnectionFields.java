package io.tas.dbhub.cli.databases;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.terminal.Secrets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a database is, as options. What is valid says the server, about all fields at once. */
final class ConnectionFields {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "postgres, mysql, mariadb, sqlserver or sqlite.")
  private @Nullable String type;

  @Option(names = "--host", paramLabel = "HOST", description = "Name or address; not for sqlite.")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "Default: the type's own.")
  private @Nullable Integer port;

  @Option(
      names = "--database",
      paramLabel = "NAME",
      description = "In the server; for sqlite the path of the file.")
  private @Nullable String database;

  @Option(names = "--username", paramLabel = "NAME", description = "Not for sqlite.")
  private @Nullable String username;

  @Mixin private SecretOptions password = new SecretOptions();

  @Option(
      names = "--connection-string-file",
      paramLabel = "FILE",
      description = "Holds postgres://user:password@host:port/database, instead of the fields.")
  private @Nullable Path connectionStringFile;

  @Option(
      names = "--connection-string-stdin",
      description = "Read the connection string from standard input.")
  private boolean connectionStringFromInput;

  @Option(
      names = "--ssl-mode",
      paramLabel = "MODE",
      description = "disable, require, verify-ca or verify-full.")
  private @Nullable String sslMode;

  @Option(
      names = "--readonly",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Whether only reads are let through.")
  private @Nullable Boolean readOnly;

  @Option(names = "--max-rows", paramLabel = "N", description = "Of an answer, at most.")
  private @Nullable Integer maxRows;

  @Option(names = "--connection-timeout", paramLabel = "SECONDS", description = "1 to 300.")
  private @Nullable Integer connectionTimeout;

  @Option(names = "--query-timeout", paramLabel = "SECONDS", description = "1 to 3600.")
  private @Nullable Integer queryTimeout;

  @Option(names = "--label", paramLabel = "KEY=VALUE", description = "As often as needed.")
  private Map<String, String> labels = Map.of();

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private @Nullable String description;

  @Option(names = "--color", paramLabel = "COLOR", description = "For the console: #3b82f6.")
  private @Nullable String color;

  @Option(
      names = "--active",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "false: neither probed nor served.")
  private @Nullable Boolean active;

  /**
   * What was given, as the API names it.
   *
   * @throws CommandFailure USAGE when two secrets are to come from one input
   */
  ObjectNode read(Secrets secrets) {
    if (connectionStringFromInput && password.fromInput()) {
      throw new CommandFailure(
          ExitCode.USAGE, "Only one of password and connection string comes from standard input.");
    }
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    put(fields, "type", type);
    put(fields, "host", host);
    put(fields, "port", port);
    put(fields, "database", database);
    put(fields, "username", username);
    put(fields, "ssl_mode", sslMode);
    put(fields, "readonly", readOnly);
    put(fields, "max_rows", maxRows);
    put(fields, "connection_timeout", connectionTimeout);
    put(fields, "query_timeout", queryTimeout);
    put(fields, "description", description);
    put(fields, "color", color);
    put(fields, "is_active", active);
    if (!labels.isEmpty()) {
      ObjectNode given = fields.putObject("labels");
      labels.forEach(given::put);
    }
    password.read(secrets).ifPresent(secret -> fields.put("password", secret));
    if (connectionStringFromInput) {
      fields.put("connection_string", secrets.ofInput());
    } else if (connectionStringFile != null) {
      fields.put("connection_string", secrets.ofFile(connectionStringFile));
    }
    return fields;
  }

  /** Whether a login is told of whose password is not. */
  static boolean lacksPassword(ObjectNode fields) {
    return fields.has("username") && !fields.has("password") && !fields.has("connection_string");
  }

  private static void put(ObjectNode fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.putPOJO(name, value);
    }
  }
}
