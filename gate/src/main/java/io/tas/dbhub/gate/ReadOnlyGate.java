package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.gate.ReadOnlyVerdict.Allowed;
import io.tas.dbhub.gate.ReadOnlyVerdict.Refused;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first of the guards of a read-only connection: allows a text only when every statement in it
 * is understood as a read, whichever way the server may read it.
 *
 * <p>It looks at tokens and builds no tree, in time linear in the text: there is nothing that could
 * run away, so it needs no deadline. Thread-safe.
 */
public final class ReadOnlyGate {
  private final Map<DatabaseType, StatementKinds> kinds = new EnumMap<>(DatabaseType.class);

  public ReadOnlyGate() {
    for (DatabaseType type : DatabaseType.values()) {
      kinds.put(type, new StatementKinds(type));
    }
  }

  /** Whether the text may run on a read-only connection. Never throws. */
  public ReadOnlyVerdict check(String sql, DatabaseType type) {
    try {
      SqlText text = SqlLexer.read(sql, type);
      List<List<SqlToken>> statements = text.statements();
      if (statements.isEmpty()) {
        return new Refused("there is no statement", "Send a query.");
      }
      Optional<Refused> fault = fault(text);
      if (fault.isEmpty()) {
        fault = faultOtherwise(text, statements.size());
      }
      return fault.isPresent() ? fault.get() : new Allowed();
    } catch (UnclearSqlException e) {
      return new Refused(e.reason(), e.suggestion());
    }
  }

  /** The text as a server with other settings reads it, whole and statement by statement. */
  private Optional<Refused> faultOtherwise(SqlText text, int statements)
      throws UnclearSqlException {
    for (Reading reading : Reading.others(text.type(), text.sql())) {
      Optional<Refused> fault = faultOtherwise(text.sql(), text.type(), reading);
      if (fault.isPresent()) {
        return fault;
      }
      if (statements > 1) {
        for (List<SqlToken> statement : text.statements()) {
          fault = faultOtherwise(text.text(statement), text.type(), reading);
          if (fault.isPresent()) {
            return fault;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Refused> faultOtherwise(String sql, DatabaseType type, Reading reading)
      throws UnclearSqlException {
    return fault(SqlLexer.readOtherwise(sql, type, reading))
        .map(
            refused ->
                new Refused(
                    "with other settings the server would read a backslash and a quote otherwise,"
                        + " and then "
                        + refused.reason(),
                    "Write a quote twice instead of a backslash before it, or use parameters."));
  }

  private Optional<Refused> fault(SqlText text) {
    StatementKinds judge = kinds.get(text.type());
    for (List<SqlToken> statement : text.statements()) {
      Optional<Refusal> fault = judge == null ? Optional.empty() : judge.fault(statement);
      if (fault.isPresent()) {
        return fault.map(refusal -> refusal.in(text.sql()));
      }
    }
    return Optional.empty();
  }
}
