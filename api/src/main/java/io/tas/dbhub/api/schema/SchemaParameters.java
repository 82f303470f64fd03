package io.tas.dbhub.api.schema;

import io.tas.dbhub.api.body.Parameters;
import io.tas.dbhub.storage.catalogue.TableQuery;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a schema is asked for.
 *
 * @param asOf null for now
 * @param refresh whether the database is to be read first
 */
record SchemaParameters(
    Type type,
    @Nullable String schema,
    @Nullable String table,
    @Nullable Instant asOf,
    boolean refresh,
    int pageSize,
    @Nullable String cursor) {
  private static final int MAX_NAME = 1_024;

  /** Which names are answered. */
  enum Type {
    DATABASE,
    SCHEMA,
    TABLE
  }

  /**
   * @throws io.tas.dbhub.api.errors.ProblemException Invalid, with every parameter that is wrong
   */
  static SchemaParameters read(MultivaluedMap<String, String> sent) {
    Parameters parameters =
        new Parameters(
            sent,
            Set.of("type", "schema", "table", "as_of", "refresh", "page_size", "cursor"),
            "a schema");
    String type =
        parameters.text(
            "type",
            value -> value.matches("database|schema|table"),
            "is database, schema or table");
    String schema = name(parameters, "schema");
    String table = name(parameters, "table");
    Instant asOf = parameters.time("as_of");
    Boolean refresh = parameters.bool("refresh");
    if (asOf != null && Boolean.TRUE.equals(refresh)) {
      parameters.violate("refresh", "makes no sense of the past");
    }
    int pageSize = parameters.pageSize(TableQuery.MAX_LIMIT);
    parameters.check();
    return new SchemaParameters(
        type == null ? Type.TABLE : Type.valueOf(type.toUpperCase(Locale.ROOT)),
        schema,
        table,
        asOf,
        Boolean.TRUE.equals(refresh),
        pageSize,
        parameters.given("cursor"));
  }

  private static @Nullable String name(Parameters parameters, String name) {
    return parameters.text(
        name, value -> value.length() <= MAX_NAME, "has 1 to " + MAX_NAME + " characters");
  }
}
