package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A database as REST shows it: flat, and without credentials, which nobody is ever shown.
 *
 * @param findings what is wrong with it although it may work
 * @param origin manifest: the Database resource {@code crdNamespace/crdName} says what it is, and
 *     is what to change
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Database")
public record DatabaseView(
    @Schema(example = "0b6ff0a2-64d2-5d0b-a3f3-0f6f0f2f8f11") String id,
    @Schema(example = "Orders") String name,
    String tenantId,
    String spaceId,
    String ownerId,
    @Schema(implementation = String.class, example = "postgres") DatabaseType type,
    @Schema(example = "db.example.com") String host,
    @Schema(example = "5432") int port,
    @Schema(example = "orders") String database,
    @Schema(implementation = String.class, example = "require") SslMode sslMode,
    String secretName,
    String secretNamespace,
    String crdName,
    String crdNamespace,
    @Schema(
            implementation = String.class,
            allowableValues = {"rest", "manifest"})
        Origin origin,
    @JsonProperty("readonly") boolean readOnly,
    int maxRows,
    int connectionTimeout,
    int queryTimeout,
    @Schema(implementation = String.class, example = "Connected") DatabaseStatus status,
    String statusMessage,
    @Nullable Instant lastChecked,
    List<FindingView> findings,
    Map<String, String> labels,
    String description,
    String color,
    @JsonProperty("is_active") boolean active,
    Instant createdAt,
    Instant updatedAt) {
  /** What to know of a connection, whether it works or not. */
  @Schema(name = "DatabaseFinding")
  public record FindingView(
      @Schema(example = "login_may_write") String code, String message, String suggestion) {}

  static DatabaseView of(Database database) {
    DatabaseDefinition definition = database.definition();
    Target target = definition.target();
    AccessPolicy policy = definition.policy();
    return new DatabaseView(
        definition.id(),
        definition.name(),
        definition.scope().tenantId(),
        definition.scope().spaceId(),
        definition.ownerId(),
        target.type(),
        target.host(),
        target.port(),
        target.database(),
        target.sslMode(),
        database.secret().name(),
        database.secret().namespace(),
        database.resource().name(),
        database.resource().namespace(),
        database.origin(),
        policy.readOnly(),
        policy.maxRows(),
        target.connectionTimeoutSeconds(),
        target.queryTimeoutSeconds(),
        database.status(),
        database.statusMessage(),
        database.lastChecked(),
        findings(database),
        definition.labels(),
        definition.description(),
        definition.color(),
        definition.active(),
        database.createdAt(),
        database.updatedAt());
  }

  private static List<FindingView> findings(Database database) {
    boolean mayWrite = database.login() == LoginRights.MAY_WRITE;
    return mayWrite && database.definition().policy().readOnly()
        ? List.of(
            new FindingView(
                "login_may_write", LoginRights.MAY_WRITE.message(), LoginRights.SUGGESTION))
        : List.of();
  }
}
