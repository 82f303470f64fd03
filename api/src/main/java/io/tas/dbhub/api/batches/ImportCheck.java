package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.databases.DatabaseFields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.model.Differences;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.NewRow;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Of databases that are to be made: the rules of REST, and whether the names are free. */
final class ImportCheck implements RowCheck {
  private final Caller caller;
  private final UUID batch;
  private final TakenNames names;
  private final DatabaseInventory inventory;
  private final CredentialSealer sealer;

  ImportCheck(
      Caller caller,
      String batchId,
      TakenNames names,
      DatabaseInventory inventory,
      CredentialSealer sealer) {
    this.caller = caller;
    this.batch = UUID.fromString(batchId);
    this.names = names;
    this.inventory = inventory;
    this.sealer = sealer;
  }

  @Override
  public List<NewRow> check(List<NumberedRow> page) {
    List<NewRow> rows = names.refuseTwice(page.stream().map(this::read).toList());
    List<String> wanted =
        rows.stream().filter(row -> row.definition() != null).map(NewRow::name).toList();
    if (wanted.isEmpty()) {
      return rows;
    }
    Map<String, Database> existing =
        inventory.findByNames(caller.scope(), wanted).stream()
            .collect(
                Collectors.toMap(database -> database.definition().name(), Function.identity()));
    return rows.stream().map(row -> compared(row, existing.get(row.name()))).toList();
  }

  private NewRow read(NumberedRow numbered) {
    long line = numbered.row().line();
    ObjectNode fields = numbered.row().fields();
    if (!numbered.row().violations().isEmpty()) {
      // Where the cells do not fit the columns, what stands for the name may be anything.
      return Rows.invalid(numbered.number(), line, "", numbered.row().violations());
    }
    try {
      DatabaseRules.Accepted accepted = DatabaseFields.forCreation(fields);
      // Read again, the same row of the batch is the same database.
      String id = Uuids.named(batch, String.valueOf(numbered.number()));
      return new NewRow(
          numbered.number(),
          line,
          accepted.name(),
          Rows.host(accepted.target()),
          id,
          accepted.definition(id, caller.scope(), caller.subject()),
          sealer.seal(accepted.credentials(), caller.scope().tenantId(), id),
          RowState.PENDING,
          List.of());
    } catch (ProblemException invalid) {
      String name = Rows.shown(fields.path("name").textValue());
      return Rows.invalid(numbered.number(), line, name, invalid.violations());
    }
  }

  private static NewRow compared(NewRow row, @Nullable Database existing) {
    DatabaseDefinition wanted = row.definition();
    if (wanted == null || existing == null) {
      return row;
    }
    List<String> differences = Differences.between(existing.definition(), wanted);
    return differences.isEmpty()
        ? Rows.about(row.number(), row.line(), existing, null, RowState.UNCHANGED, List.of())
        : Rows.refused(
            row, "name", "is taken by a database with another " + String.join(", ", differences));
  }
}
