package io.tas.dbhub.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.tas.dbhub.api.audit.AuditResource;
import io.tas.dbhub.api.batches.BatchActionsResource;
import io.tas.dbhub.api.batches.BatchEventsResource;
import io.tas.dbhub.api.batches.BatchFilesResource;
import io.tas.dbhub.api.batches.BatchRowsResource;
import io.tas.dbhub.api.batches.BatchesResource;
import io.tas.dbhub.api.databases.DatabaseChangesResource;
import io.tas.dbhub.api.databases.DatabasesResource;
import io.tas.dbhub.api.databases.GrantsResource;
import io.tas.dbhub.api.databases.HealthHistoryResource;
import io.tas.dbhub.api.databases.LeftoversResource;
import io.tas.dbhub.api.errors.Problem;
import io.tas.dbhub.api.export.ExportResource;
import io.tas.dbhub.api.history.HistoryResource;
import io.tas.dbhub.api.history.QuerySettingsResource;
import io.tas.dbhub.api.history.SavedQueriesResource;
import io.tas.dbhub.api.operations.DatabaseOperationsResource;
import io.tas.dbhub.api.operations.OperationsResource;
import io.tas.dbhub.api.query.QueryCancellationResource;
import io.tas.dbhub.api.query.QueryResource;
import io.tas.dbhub.api.schedules.ScheduleActionsResource;
import io.tas.dbhub.api.schedules.ScheduleResultsResource;
import io.tas.dbhub.api.schedules.SchedulesResource;
import io.tas.dbhub.api.schema.SchemaChangesResource;
import io.tas.dbhub.api.schema.SchemaResource;
import io.tas.dbhub.api.schema.SearchResource;
import io.tas.dbhub.api.schema.TablesResource;
import io.tas.dbhub.api.tokens.TokensResource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Derives the OpenAPI document from the resources, so that it cannot say anything else. */
public final class OpenApiDocument {
  private static final String BEARER = "bearer";

  private OpenApiDocument() {}

  /** The document as JSON; the same code always gives the same text. */
  public static synchronized String generate() {
    // The library keeps its converters in one place for all: they get ours only for a moment.
    ModelConverters converters = ModelConverters.getInstance();
    ModelResolver snakeCase =
        new ModelResolver(
            Json.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    converters.addConverter(snakeCase);
    try {
      return text(document(converters));
    } finally {
      converters.removeConverter(snakeCase);
    }
  }

  private static OpenAPI document(ModelConverters converters) {
    OpenAPI api =
        new OpenAPI()
            .info(
                new Info()
                    .title("DBHub control plane")
                    .version("v1")
                    .description(
                        "Keeps database connections: makes them, proves that they work, keeps"
                            + " proving it, hands them to people and agents through DBHub, and"
                            + " takes them away again."))
            .servers(List.of(new Server().url("/api/v1")))
            .security(List.of(new SecurityRequirement().addList(BEARER)));
    api = new Reader(new SwaggerConfiguration().openAPI(api)).read(resources());
    api.getComponents()
        .addSecuritySchemes(
            BEARER,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .bearerFormat("JWT")
                .description(
                    "The issuer's token with the claims sub, tenant_id, spaces, roles (viewer, analyst,"
                        + " editor, operator); or an agent's, from POST /tokens"));
    converters.readAll(Problem.class).forEach(api.getComponents()::addSchemas);
    api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
    // The order of methods is the JVM's, not ours.
    Paths sorted = new Paths();
    new TreeMap<>(api.getPaths()).forEach(sorted::addPathItem);
    api.setPaths(sorted);
    new CommonAnswers(api).add();
    return api;
  }

  private static Set<Class<?>> resources() {
    return new LinkedHashSet<>(
        List.of(
            DatabasesResource.class,
            DatabaseChangesResource.class,
            GrantsResource.class,
            HealthHistoryResource.class,
            LeftoversResource.class,
            TokensResource.class,
            AuditResource.class,
            OperationsResource.class,
            DatabaseOperationsResource.class,
            QueryResource.class,
            QueryCancellationResource.class,
            SchemaResource.class,
            SchemaChangesResource.class,
            TablesResource.class,
            SearchResource.class,
            ExportResource.class,
            HistoryResource.class,
            SavedQueriesResource.class,
            QuerySettingsResource.class,
            SchedulesResource.class,
            ScheduleActionsResource.class,
            ScheduleResultsResource.class,
            BatchFilesResource.class,
            BatchesResource.class,
            BatchActionsResource.class,
            BatchRowsResource.class,
            BatchEventsResource.class));
  }

  private static String text(OpenAPI api) {
    try {
      return Json.pretty().writeValueAsString(api) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the document cannot be written", e);
    }
  }
}
