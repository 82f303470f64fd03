package io.tas.dbhub.api.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Words and functions that make a statement more than a read although it begins like one. Looked
 * for among the tokens: a server may see a second statement where the parser sees an alias.
 */
final class SideEffects {
  private static final Set<String> WRITING_WORDS =
      words(
          """
          insert update delete merge drop truncate alter create grant revoke into exec
          execute
          """);

  /** Statements that SQL Server starts without a semicolon before them. */
  private static final Set<String> SQLSERVER_STATEMENTS =
      words(
          """
          add backup begin bulk call checkpoint close commit dbcc deallocate declare
          deny dump goto holdlock if kill lineno load open print raiserror readtext
          receive reconfigure restore return revert rollback save send set setuser
          shutdown tablockx tran transaction updatetext updlock use waitfor while
          writetext xlock go
          """);

  private static final Set<String> POSTGRES_FUNCTIONS =
      words(
          """
          nextval setval set_config loread lowrite pg_notify pg_reload_conf pg_promote
          pg_stat_file pg_export_snapshot pg_extension_config_dump
          pg_import_system_collations pg_execute_server_program pg_current_logfile
          pg_logdir_ls cursor_to_xml cursor_to_xmlschema ts_stat ts_rewrite
          gin_clean_pending_list pg_hba_file_rules pg_ident_file_mappings
          pg_show_all_file_settings pg_prewarm xpath_table
          lo_creat lo_create lo_unlink lo_close lo_import lo_open
          http_get http_head http_delete
          addgeometrycolumn dropgeometrycolumn dropgeometrytable updategeometrysrid
          populate_geometry_columns addrasterconstraints droprasterconstraints
          updaterastersrid addoverviewconstraints dropoverviewconstraints addauth lockrow
          unlockrows enablelongtransactions disablelongtransactions
          create_distributed_table create_distributed_table_concurrently
          create_reference_table undistribute_table alter_distributed_table
          rebalance_table_shards isolate_tenant_to_new_shard
          create_hypertable drop_chunks compress_chunk decompress_chunk move_chunk
          add_job alter_job delete_job add_dimension set_chunk_time_interval
          add_retention_policy remove_retention_policy add_compression_policy
          remove_compression_policy add_reorder_policy remove_reorder_policy
          add_continuous_aggregate_policy remove_continuous_aggregate_policy
          """);
  private static final Set<String> POSTGRES_PREFIXES =
      words(
          """
          pg_sleep pg_read_ pg_write_ pg_ls_ pg_file_ pg_terminate pg_cancel
          pg_advisory pg_try_advisory pg_rotate_ pg_switch_ pg_create_ pg_drop_
          pg_copy_ pg_replication_ pg_logical_ pg_wal_replay pg_xlog pg_start_
          pg_stop_ pg_backup_ pg_stat_reset pg_stat_statements_reset pg_log_ pg_sync_
          pg_restore_ pg_clear_ dblink query_to_xml postgres_fdw_ brin_
          binary_upgrade_ autoprewarm pg_set_ crosstab connectby run_command_on_ citus_
          master_add_ master_remove_ master_move_ master_copy_ master_drop_ master_run_
          """);

  /** Columns have such names too, so they only count before a parenthesis. */
  private static final Set<String> POSTGRES_CALLED_PREFIXES = words("lo_ http cron");

  /** Schemas of extensions whose functions act: on other servers, later, or on files. */
  private static final Set<String> POSTGRES_SCHEMAS =
      words(
          """
          cron dblink aws_s3 aws_lambda net http partman pgagent pglogical pgmq repack
          timescaledb timescaledb_experimental timescaledb_information
          _timescaledb_functions _timescaledb_internal topology citus_internal azure_ai
          azure_storage azure_cognitive google_ml plvlex utl_file dbms_pipe dbms_alert
          dbms_sql dbms_output supabase_functions vault pgtle
          """);

  /** Views, which no function of one argument is named like. */
  private static final Set<String> POSTGRES_VIEWS =
      words(
          """
          pg_replication_slots pg_replication_origin pg_replication_origin_status
          pg_file_settings pg_hba_file_rules pg_ident_file_mappings
          """);

  private static final Set<String> MYSQL_FUNCTIONS =
      words(
          """
          sleep benchmark load_file get_lock release_lock release_all_locks
          master_pos_wait source_pos_wait master_gtid_wait wait_for_executed_gtid_set
          wait_until_sql_thread_after_gtids nextval setval lastval set_firewall_mode
          read_firewall_users read_firewall_groups load_rewrite_rules
          flush_rewrite_cache xplugin_reset gtid_wait
          """);
  private static final Set<String> MYSQL_PREFIXES =
      words(
          """
          sys_ lib_mysqludf group_replication_ asynchronous_connection_failover_
          keyring_ audit_log_ audit_api_ version_tokens_ service_ http mysql_firewall
          firewall_ mysql_query_attribute_set wsrep_ spider_
          """);

  private static final Set<String> SQLITE_FUNCTIONS =
      words(
          """
          load_extension writefile readfile edit eval fts3_tokenizer fsdir zipfile
          lsdir zeroblob randomblob sqlite_dbpage shell_exec system
          """);
  private static final Set<String> SQLITE_PREFIXES = words("lsmode shell_ http");

  private static final Set<String> SQLSERVER_FUNCTIONS =
      words(
          """
          openrowset openquery opendatasource openxml fn_trace_gettable
          fn_xe_file_target_read_file fn_get_audit_file fn_dblog fn_dump_dblog
          fn_full_dblog dm_os_file_exists dm_os_enumerate_filesystem
          dm_os_enumerate_fixed_drives
          """);
  private static final Set<String> SQLSERVER_PREFIXES = words("xp_ sp_ fn_cdc_ clr_");

  /** PRAGMAs as tables: those that tell and do nothing; pragma_optimize writes. */
  private static final Set<String> SQLITE_PRAGMAS =
      words(
          """
          pragma_table_info pragma_table_xinfo pragma_table_list pragma_index_list
          pragma_index_info pragma_index_xinfo pragma_foreign_key_list
          pragma_database_list pragma_collation_list pragma_function_list
          pragma_compile_options
          """);

  private SideEffects() {}

  private static Set<String> words(String text) {
    return Set.of(text.strip().split("\\s+"));
  }

  /** The first word or function that must not be in a read. */
  static Optional<String> find(List<SqlToken> tokens, DatabaseType type) {
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      boolean last = i + 1 == tokens.size();
      if (token.isWord("next") && !last && tokens.get(i + 1).isWord("value")) {
        return Optional.of("next value");
      }
      boolean called = !last && tokens.get(i + 1).isSymbol("(");
      if (token.kind() == SqlToken.Kind.WORD && writes(token.lower(), called, type)) {
        return Optional.of(token.lower());
      }
      Optional<String> function = function(tokens, i, type);
      if (function.isPresent()) {
        return function;
      }
    }
    return Optional.empty();
  }

  /** The function of that name at {@code i} when it must not be called, whatever else is done. */
  static Optional<String> function(List<SqlToken> tokens, int i, DatabaseType type) {
    SqlToken token = tokens.get(i);
    if (!token.isName()) {
      return Optional.empty();
    }
    String name = token.lower();
    if (type == DatabaseType.SQLITE && isActingPragma(name)) {
      return Optional.of(name);
    }
    // MariaDB in Oracle's mode: sequence.NEXTVAL
    if (type == DatabaseType.MARIADB && name.equals("nextval")) {
      return Optional.of(name);
    }
    boolean called = i + 1 < tokens.size() && tokens.get(i + 1).isSymbol("(");
    boolean qualified = i > 0 && tokens.get(i - 1).isSymbol(".");
    if (called && acts(name, type)) {
      return Optional.of(name + "()");
    }
    if (type != DatabaseType.POSTGRES || !qualified) {
      return Optional.empty();
    }
    if (called && i > 1 && POSTGRES_SCHEMAS.contains(tokens.get(i - 2).lower())) {
      return Optional.of(tokens.get(i - 2).lower() + "." + name + "()");
    }
    // x.f is f(x) where x has no column f.
    boolean attribute = !called && !POSTGRES_VIEWS.contains(name);
    return attribute && named(name, POSTGRES_FUNCTIONS, POSTGRES_PREFIXES)
        ? Optional.of(name)
        : Optional.empty();
  }

  /** Whether {@code pragma_x}, a PRAGMA as a table, does more than tell. */
  static boolean isActingPragma(String table) {
    return table.startsWith("pragma_") && !isTellingPragma(table);
  }

  static boolean isTellingPragma(String table) {
    return SQLITE_PRAGMAS.contains(table);
  }

  private static boolean writes(String word, boolean called, DatabaseType type) {
    boolean stringFunction =
        called
            && (type == DatabaseType.MYSQL || type == DatabaseType.MARIADB)
            && (word.equals("insert") || word.equals("truncate"));
    if (WRITING_WORDS.contains(word) && !stringFunction) {
      return true;
    }
    return type == DatabaseType.SQLSERVER && SQLSERVER_STATEMENTS.contains(word);
  }

  private static boolean acts(String function, DatabaseType type) {
    return switch (type) {
      case POSTGRES ->
          named(function, POSTGRES_FUNCTIONS, POSTGRES_PREFIXES)
              || named(function, Set.of(), POSTGRES_CALLED_PREFIXES);
      case MYSQL, MARIADB -> named(function, MYSQL_FUNCTIONS, MYSQL_PREFIXES);
      case SQLITE -> named(function, SQLITE_FUNCTIONS, SQLITE_PREFIXES);
      case SQLSERVER -> named(function, SQLSERVER_FUNCTIONS, SQLSERVER_PREFIXES);
    };
  }

  private static boolean named(String function, Set<String> names, Set<String> prefixes) {
    return names.contains(function) || prefixes.stream().anyMatch(function::startsWith);
  }
}
