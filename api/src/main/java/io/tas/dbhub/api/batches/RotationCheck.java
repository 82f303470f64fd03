package io.tas.dbhub.api.batches;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.databases.DatabaseFields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.Texts;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.NewRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of credentials that databases are to get: which database is meant, and what it gets. */
final class RotationCheck implements RowCheck {
  private static final String ID = "id";
  private static final String NAME = "name";

  private final Caller caller;
  private final TakenNames names;
  private final DatabaseInventory inventory;
  private final CredentialSealer sealer;

  RotationCheck(
      Caller caller, TakenNames names, DatabaseInventory inventory, CredentialSealer sealer) {
    this.caller = caller;
    this.names = names;
    this.inventory = inventory;
    this.sealer = sealer;
  }

  @Override
  public List<NewRow> check(List<NumberedRow> page) {
    Map<String, Database> byId = new HashMap<>();
    inventory
        .find(caller.scope(), texts(page, ID))
        .forEach(database -> byId.put(database.id(), database));
    Map<String, Database> byName = new HashMap<>();
    inventory
        .findByNames(caller.scope(), texts(page, NAME))
        .forEach(database -> byName.put(database.definition().name(), database));
    return names.refuseTwice(page.stream().map(row -> read(row, byId, byName)).toList());
  }

  private static List<String> texts(List<NumberedRow> page, String field) {
    return page.stream()
        .map(row -> row.row().fields().path(field).textValue())
        .filter(text -> text != null)
        .map(Texts::canonical)
        .toList();
  }

  private NewRow read(
      NumberedRow numbered, Map<String, Database> byId, Map<String, Database> byName) {
    List<Violation> violations = new ArrayList<>(numbered.row().violations());
    if (!violations.isEmpty()) {
      return Rows.invalid(numbered.number(), numbered.row().line(), "", violations);
    }
    ObjectNode credentials = numbered.row().fields().deepCopy();
    ObjectNode which = credentials.objectNode();
    for (String field : List.of(ID, NAME)) {
      if (credentials.has(field)) {
        which.set(field, credentials.remove(field));
      }
    }
    @Nullable Database database = meant(which, byId, byName, violations);
    SealedCredentials sealed = null;
    if (database != null) {
      try {
        sealed =
            sealer.seal(
                DatabaseFields.newCredentials(database.definition().target().type(), credentials),
                caller.scope().tenantId(),
                database.id());
      } catch (ProblemException invalid) {
        violations.addAll(invalid.violations());
      }
    }
    if (database == null || !violations.isEmpty()) {
      String name = Rows.shown(which.path(NAME).textValue());
      return Rows.invalid(numbered.number(), numbered.row().line(), name, violations);
    }
    return Rows.about(
        numbered.number(), numbered.row().line(), database, sealed, RowState.PENDING, List.of());
  }

  private static @Nullable Database meant(
      ObjectNode which,
      Map<String, Database> byId,
      Map<String, Database> byName,
      List<Violation> violations) {
    Fields fields = new Fields(which);
    String id = fields.text(ID);
    String name = fields.text(NAME);
    violations.addAll(fields.violations());
    if (!violations.isEmpty()) {
      return null;
    }
    if ((id == null) == (name == null)) {
      violations.add(new Violation(NAME, "is required, or an id, and not both"));
      return null;
    }
    Database database =
        id != null ? byId.get(Texts.canonical(id)) : byName.get(Texts.canonical(name));
    String field = id != null ? ID : NAME;
    if (database == null) {
      violations.add(new Violation(field, "is of no database: there is no such one"));
    } else if (database.origin() == Origin.MANIFEST) {
      violations.add(new Violation(field, ExistingCheck.BY_HAND));
    }
    return database;
  }
}
