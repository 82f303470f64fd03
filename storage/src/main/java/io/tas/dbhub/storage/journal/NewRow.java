package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.sealing.SealedCredentials;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was read and checked.
 *
 * @param number in its batch, from 1, each once
 * @param line of the file where it begins; 0 where there is no file
 * @param name of the database; empty where the row has none
 * @param host of the target; empty for a file
 * @param databaseId of the database; null where the row does not lead to one
 * @param definition of the database that is to be made; null for other kinds, and where it is
 *     invalid
 * @param sealed credentials, sealed for tenant and database id; null where there are none
 * @param state {@code PENDING}, {@code INVALID} or {@code UNCHANGED}
 * @param violations of an invalid one: each with the column it is in
 */
public record NewRow(
    long number,
    long line,
    String name,
    String host,
    @Nullable String databaseId,
    @Nullable DatabaseDefinition definition,
    @Nullable SealedCredentials sealed,
    RowState state,
    List<Violation> violations) {
  public NewRow {
    violations = List.copyOf(violations);
  }
}
