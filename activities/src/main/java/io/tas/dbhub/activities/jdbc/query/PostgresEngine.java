package io.tas.dbhub.activities.jdbc.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tas.dbhub.core.query.QueryError;
import io.tas.dbhub.core.query.QueryErrorKind;
import io.tas.dbhub.core.query.StatementOrder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL, and what speaks its protocol. */
final class PostgresEngine implements Engine {
  private static final Pattern PARAMETER =
      Pattern.compile("^unnamed portal parameter \\$(\\d{1,5})");
  private static final Pattern NOT_OF_TYPE =
      Pattern.compile("(?:syntax for|out of range|value for).*: \"(.*)\"$", Pattern.DOTALL);

  private static final String TABLES =
      "SELECT c.relname FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_toast' LIMIT 5000";
  private static final String COLUMNS =
      "SELECT DISTINCT a.attname FROM pg_catalog.pg_attribute a"
          + " JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE a.attnum > 0 AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
          + " LIMIT 5000";

  @Override
  public void prepare(Connection connection, QueryBounds bounds) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION TIME ZONE 'UTC'; SET SESSION statement_timeout = " + bounds.serverMillis());
    }
  }

  @Override
  public boolean renew(Connection connection, QueryBounds bounds) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DISCARD ALL");
    }
    prepare(connection, bounds);
    return true;
  }

  /** To the driver a question mark is a placeholder, unless it comes twice. */
  @Override
  public String text(StatementOrder statement) {
    if (statement.values().isEmpty()) {
      return statement.fragments().get(0);
    }
    return statement.fragments().stream()
        .map(fragment -> fragment.replace("?", "??"))
        .collect(Collectors.joining("?"));
  }

  @Override
  public void fetching(Statement statement, QueryBounds bounds) throws SQLException {
    Engine.super.fetching(statement, bounds);
    // The server itself stops there.
    statement.setMaxRows(bounds.maxRows() + 1);
  }

  /** The driver has names of its own for numbers that count up. */
  @Override
  public String type(ResultSetMetaData columns, int index) throws SQLException {
    String type = columns.getColumnTypeName(index);
    return switch (type) {
      case "serial" -> "int4";
      case "bigserial" -> "int8";
      case "smallserial" -> "int2";
      default -> type.startsWith("_") ? type.substring(1) + "[]" : type;
    };
  }

  @Override
  public void write(JsonGenerator json, ResultSet row, ResultSetMetaData columns, int index)
      throws SQLException, IOException {
    String text = row.getString(index);
    if (text == null) {
      json.writeNull();
      return;
    }
    String type = type(columns, index);
    if (type.endsWith("[]")) {
      PostgresArray.write(json, text, type.substring(0, type.length() - 2));
    } else {
      write(json, text, type);
    }
  }

  /** The server's text of a value that is no array. */
  static void write(JsonGenerator json, String text, String type) throws IOException {
    switch (type) {
      case "bool" -> json.writeBoolean(text.equals("t") || text.equals("true"));
      case "int2", "int4", "int8", "oid" -> Json.integer(json, text);
      case "float4", "float8" -> Json.floating(json, text);
      case "json", "jsonb" -> Json.document(json, text);
      case "timestamp" -> Json.dateTime(json, text, false);
      case "timestamptz" -> Json.dateTime(json, text, true);
      case "bytea" -> bytes(json, text);
      default -> json.writeString(text);
    }
  }

  private static void bytes(JsonGenerator json, String text) throws IOException {
    if (text.startsWith("\\x") && text.length() % 2 == 0) {
      json.writeBinary(HexFormat.of().parseHex(text, 2, text.length()));
    } else {
      json.writeString(text);
    }
  }

  @Override
  public QueryError error(SQLException thrown, StatementOrder statement) {
    @Nullable String state = thrown.getSQLState();
    @Nullable ServerErrorMessage server =
        thrown instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    String said = server == null ? thrown.getMessage() : server.getMessage();
    String message = Objects.requireNonNullElse(said, "The database refused the statement.");
    @Nullable Integer position = server == null ? null : position(server.getPosition(), statement);
    @Nullable Integer parameter =
        server == null ? null : parameter(server.getWhere(), message, statement);
    QueryErrorKind kind = parameter == null ? kind(state) : QueryErrorKind.PARAMETER;
    return new QueryError(
        kind, message, state, server == null ? null : server.getHint(), null, position, parameter);
  }

  private static QueryErrorKind kind(@Nullable String state) {
    if (state == null || state.length() != 5) {
      return QueryErrorKind.UNKNOWN;
    }
    return switch (state) {
      case "42501" -> QueryErrorKind.PERMISSION;
      case "25006" -> QueryErrorKind.READONLY;
      case "57014" -> QueryErrorKind.TIMEOUT;
      default ->
          switch (state.substring(0, 2)) {
            case "42" -> QueryErrorKind.SYNTAX;
            case "08", "28", "53" -> QueryErrorKind.CONNECTION;
            case "57" -> QueryErrorKind.CONNECTION;
            default -> QueryErrorKind.EXECUTION;
          };
    };
  }

  /** From the text as the driver sent it, where the placeholders are $1, $2 and so on. */
  private static @Nullable Integer position(int sent, StatementOrder statement) {
    if (sent <= 0) {
      return null;
    }
    int own = 0;
    int theirs = 0;
    List<String> fragments = statement.fragments();
    for (int i = 0; i < fragments.size(); i++) {
      int length = fragments.get(i).codePointCount(0, fragments.get(i).length());
      if (sent - theirs <= length) {
        return own + (sent - theirs);
      }
      own += length + 1;
      theirs += length + 1 + String.valueOf(i + 1).length();
      if (sent <= theirs) {
        return own;
      }
    }
    return own;
  }

  /**
   * Which parameter is not of its place's type. PostgreSQL 16 says so; the ones before quote the
   * value only.
   */
  private static @Nullable Integer parameter(
      @Nullable String where, String message, StatementOrder statement) {
    Matcher named = PARAMETER.matcher(where == null ? "" : where);
    if (named.find()) {
      return Integer.parseInt(named.group(1)) - 1;
    }
    Matcher quoted = NOT_OF_TYPE.matcher(message);
    if (quoted.find()) {
      for (int i = 0; i < statement.values().size(); i++) {
        if (statement.values().get(i).asText().equals(quoted.group(1))) {
          return i;
        }
      }
    }
    return null;
  }

  @Override
  public Optional<String> namesFor(String code) {
    return switch (code) {
      case "42P01" -> Optional.of(TABLES);
      case "42703" -> Optional.of(COLUMNS);
      default -> Optional.empty();
    };
  }
}
