package io.tas.dbhub.systemtest.gate;

import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.dev.engine.Login;
import io.tas.dbhub.dev.engine.Ports;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.engine.Program;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** PostgreSQL, asked as the superuser: nothing but the gate is in the way. */
final class ScratchPostgres extends Scratch {
  private static final String STATE =
      """
      SELECT pg_snapshot_xmax(pg_current_snapshot()),
        (SELECT md5(string_agg(t::text, ',')) FROM t), (SELECT count(*) FROM log),
        (SELECT last_value::text || is_called FROM s),
        (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_largeobject_metadata),
        current_setting('work_mem'), current_setting('search_path'), current_setting('statement_timeout'),
        current_setting('standard_conforming_strings'), current_setting('a', true),
        (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),
        (SELECT count(*) FROM pg_prepared_statements WHERE from_sql), (SELECT count(*) FROM pg_listening_channels()),
        current_user, (SELECT count(*) FROM pg_replication_slots)
      """;

  private final PostgresServer server;
  private final List<Connection> connections;

  ScratchPostgres(Program.Installed program, Path directory) throws SQLException {
    this.server =
        PostgresServer.start(program, new PostgresServer.Settings(directory, new Ports().free()));
    Login superuser = server.superuser();
    Connection usual = server.connect("postgres", superuser);
    Connection escaping = server.connect("postgres", superuser);
    this.connections = List.of(usual, escaping);
    script(
        usual,
        List.of(
            // It would take transaction numbers of its own.
            "ALTER SYSTEM SET autovacuum = off",
            "SELECT pg_reload_conf()",
            "CREATE TABLE t (id int, a int, b int, c int, name text, data jsonb, d jsonb, created timestamptz)",
            "INSERT INTO t SELECT n, n, n, n, 'n' || n, '{\"a\": 1}', '[1]', now() FROM generate_series(1, 5) n",
            "CREATE TABLE u AS SELECT * FROM t",
            "CREATE TABLE log (a int)",
            "CREATE SEQUENCE s",
            "CREATE FUNCTION my_function(n int) RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (n); RETURN n; END'",
            "CREATE SCHEMA my_schema",
            "CREATE FUNCTION my_schema.my_function(n int) RETURNS int LANGUAGE sql AS 'SELECT public.my_function(n)'",
            "ANALYZE"));
    for (Connection connection : connections) {
      script(connection, List.of("SET statement_timeout = '300ms'", "SET work_mem = '4MB'"));
    }
    script(
        escaping,
        List.of("SET standard_conforming_strings = off", "SET escape_string_warning = off"));
  }

  @Override
  DatabaseType type() {
    return DatabaseType.POSTGRES;
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
    return "42601".equals(failure.getSQLState());
  }

  @Override
  public void close() {
    server.close();
  }
}
