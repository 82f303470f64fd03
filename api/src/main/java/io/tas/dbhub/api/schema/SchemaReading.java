package io.tas.dbhub.api.schema;

import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.schema.SchemaPolicy;
import io.tas.dbhub.core.schema.SchemaTable;
import io.tas.dbhub.storage.catalogue.CataloguedTable;
import io.tas.dbhub.storage.catalogue.SchemaCatalogue;
import io.tas.dbhub.storage.catalogue.SchemaState;
import io.tas.dbhub.storage.catalogue.TablePage;
import io.tas.dbhub.storage.catalogue.TableQuery;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue for those who see a database already. */
public final class SchemaReading {
  private final SchemaCatalogue catalogue;
  private final Clock clock;

  public SchemaReading(SchemaCatalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  SchemaView read(Scope scope, Database database, SchemaParameters wanted) {
    SchemaState state = state(scope, database.id());
    CatalogueView view = CatalogueView.of(state, clock.instant());
    return switch (wanted.type()) {
      case DATABASE ->
          new SchemaView(
              Stream.ofNullable(state.name()).toList(), null, null, null, wanted.asOf(), view);
      case SCHEMA ->
          new SchemaView(
              null,
              catalogue.schemas(scope, database.id(), wanted.asOf()),
              null,
              null,
              wanted.asOf(),
              view);
      case TABLE -> {
        TablePage page =
            Parameters.page(
                () ->
                    catalogue.tables(
                        scope,
                        database.id(),
                        new TableQuery(
                            wanted.schema(),
                            wanted.table(),
                            wanted.asOf(),
                            wanted.pageSize(),
                            wanted.cursor())));
        yield new SchemaView(
            null,
            null,
            page.tables().stream().map(found -> TableView.of(found.table())).toList(),
            page.nextCursor(),
            wanted.asOf(),
            view);
      }
    };
  }

  CatalogueView setPolicy(Scope scope, Database database, SchemaPolicy policy) {
    if (!catalogue.setPolicy(scope, database.id(), policy)) {
      throw unknown();
    }
    return CatalogueView.of(state(scope, database.id()), clock.instant());
  }

  /**
   * The one table of this name.
   *
   * @param schema null where the name is enough
   * @throws ProblemException NotFound where the catalogue has none, Invalid where it has several
   */
  SchemaTable table(Scope scope, Database database, @Nullable String schema, String table) {
    List<SchemaTable> found =
        catalogue
            .tables(scope, database.id(), new TableQuery(schema, table, null, 2, null))
            .tables()
            .stream()
            .map(CataloguedTable::table)
            .toList();
    if (found.isEmpty()) {
      throw new ProblemException(
              FailureType.NOT_FOUND, "The catalogue has no such table of the database.")
          .withSuggestion(
              "If it is new, have the database read: POST /api/v1/databases/%s/schema/sync."
                  .formatted(database.id()));
    }
    if (found.size() > 1) {
      throw ProblemException.invalid(
          List.of(
              new Violation(
                  "schema",
                  "is needed: there are tables of this name in %s and %s"
                      .formatted(found.get(0).name().schema(), found.get(1).name().schema()))));
    }
    return found.get(0);
  }

  private SchemaState state(Scope scope, String id) {
    return catalogue.state(scope, id).orElseThrow(SchemaReading::unknown);
  }

  private static ProblemException unknown() {
    return new ProblemException(FailureType.NOT_FOUND, "There is no such database.");
  }
}
