package io.tas.dbhub.systemtest.faults;

import io.tas.dbhub.core.names.WorkflowIds;
import io.tas.dbhub.dev.engine.EngineException;
import io.tas.dbhub.dev.engine.PostgresServer;
import io.tas.dbhub.dev.system.Waiting;
import io.temporal.client.WorkflowStub;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether the journal tells of each operation once, and how it ended. */
final class JournalCheck {
  static final String DATABASE = "journal";

  /** What a journal missed is delivered later. */
  private static final Duration DELIVERY = Duration.ofMinutes(2);

  private final PostgresServer postgres;

  /** Sees to the database; the workers make the table. */
  JournalCheck(PostgresServer postgres) {
    this.postgres = postgres;
    try {
      postgres.createDatabase(DATABASE, postgres.superuser(), "");
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the journal", e);
    }
  }

  /** Where it is, on the server behind this port. */
  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(port, DATABASE);
  }

  /** What is wrong with the entries of an operation that has ended. */
  Optional<String> check(WorkflowStub stub, Operation operation, Ending ending) {
    String id =
        WorkflowIds.operation(stub.getExecution().getWorkflowId(), stub.getExecution().getRunId());
    List<String> expected = List.of(ending instanceof Ending.Done ? "succeeded" : "failed");
    try {
      Waiting.until(
          "its entry in the journal",
          DELIVERY,
          () -> outcomes(id, operation.workflow()),
          found -> found.size() >= expected.size());
    } catch (EngineException late) {
      // Told below.
    }
    List<String> found = outcomes(id, operation.workflow());
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of("the journal says " + found + " instead of " + expected);
  }

  private List<String> outcomes(String operation, String action) {
    try (Connection connection = postgres.connect(DATABASE, postgres.superuser());
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT lower(outcome) FROM audit WHERE operation = ? AND action = ?")) {
      query.setString(1, operation);
      query.setString(2, action);
      List<String> all = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          all.add(rows.getString(1));
        }
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException("the journal cannot be read", e);
    }
  }
}
