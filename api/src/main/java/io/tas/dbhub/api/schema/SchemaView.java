package io.tas.dbhub.api.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue knows of a database, and how old that is.
 *
 * @param databases of the type database
 * @param schemas of the type schema
 * @param tables of the type table
 */
@Schema(name = "SchemaAnswer")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SchemaView(
    @Nullable List<String> databases,
    @Nullable List<String> schemas,
    @Nullable List<TableView> tables,
    @Nullable String nextCursor,
    @Nullable Instant asOf,
    CatalogueView catalogue) {}
