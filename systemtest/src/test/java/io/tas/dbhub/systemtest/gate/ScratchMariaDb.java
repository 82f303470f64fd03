package io.tas.dbhub.systemtest.gate;

import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.MariaDbServer;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.Program;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * MariaDB, asked as root and with several statements in a text, in each mode that reads otherwise.
 */
final class ScratchMariaDb extends Scratch {
  private static final List<String> MODES =
      List.of(
          "STRICT_TRANS_TABLES",
          "",
          "ANSI_QUOTES",
          "NO_BACKSLASH_ESCAPES",
          "ANSI_QUOTES,NO_BACKSLASH_ESCAPES",
          "ORACLE",
          "MSSQL");

  /** The server counts each kind of statement; these are the kinds that only tell. */
  private static final String STATE =
      """
      SELECT 'rows', (SELECT group_concat(concat_ws(',', id, a, b, c, name) ORDER BY id) FROM scratch.t),
        (SELECT count(*) FROM scratch.log), (SELECT next_not_cached_value FROM scratch.s),
        (SELECT group_concat(table_name) FROM information_schema.tables WHERE table_schema = 'scratch'),
        is_used_lock('a'), last_insert_id(), @@sql_mode, @@autocommit, @@max_statement_time, @x, @v, @a
      UNION ALL SELECT variable_name, variable_value, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM information_schema.session_status
        WHERE variable_name LIKE 'Com%' AND NOT variable_name REGEXP
          '^COM_(SELECT|SHOW|HELP|ADMIN|EMPTY|CHECKSUM|STMT|ANALYZE$|MULTI)|^COMPRESSION|^COLUMN'
      """;

  private final MariaDbServer server;
  private final List<Connection> connections = new ArrayList<>();

  ScratchMariaDb(Program.Installed program, Path directory) throws SQLException {
    this.server =
        MariaDbServer.start(program, new MariaDbServer.Settings(directory, new Ports().free()));
    try (Connection first = server.connect("mysql", server.root())) {
      script(
          first,
          List.of(
              "CREATE DATABASE scratch",
              "CREATE DATABASE my_schema",
              "USE scratch",
              "CREATE TABLE t (id int, a int, b int, c int, name text, data text, d text, created datetime)",
              "INSERT INTO t SELECT seq, seq, seq, seq, 'n', '{\"a\": 1}', '[1]', now() FROM seq_1_to_5",
              "CREATE TABLE u AS SELECT * FROM t",
              "CREATE TABLE log (a int)",
              "CREATE SEQUENCE s",
              "CREATE FUNCTION my_function(n int) RETURNS int BEGIN INSERT INTO scratch.log VALUES (n); RETURN n; END",
              "CREATE FUNCTION my_schema.my_function(n int) RETURNS int BEGIN INSERT INTO scratch.log VALUES (n); RETURN n; END"));
    }
    for (String mode : MODES) {
      Connection connection = connect();
      script(
          connection,
          List.of(
              "SET max_statement_time = 0.3, group_concat_max_len = 100000",
              "SET sql_mode = '" + mode + "'"));
      connections.add(connection);
    }
  }

  private Connection connect() throws SQLException {
    Login root = server.root();
    Properties properties = new Properties();
    properties.setProperty("user", root.user());
    properties.setProperty("password", root.password());
    properties.setProperty("allowMultiQueries", "true");
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + server.port() + "/scratch", properties);
  }

  @Override
  DatabaseType type() {
    return DatabaseType.MARIADB;
  }

  @Override
  List<Connection> connections() {
    return connections;
  }

  @Override
  String state(Connection connection) throws SQLException {
    return ask(connection, STATE);
  }

  @Override
  boolean isSyntaxError(SQLException failure) {
    return failure.getErrorCode() == 1064;
  }

  @Override
  public void close() {
    server.close();
  }
}
