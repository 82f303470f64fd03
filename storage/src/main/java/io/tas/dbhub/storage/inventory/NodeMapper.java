package io.tas.dbhub.storage.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.DefinitionDigest;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.SslMode;
import io.tas.dbhub.core.model.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Value;
import org.neo4j.driver.types.MapAccessor;

/** A database as the properties of its nodes, and back. */
final class NodeMapper {
  private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

  private final ObjectMapper json = new ObjectMapper();

  Map<String, Object> properties(Database database) {
    DatabaseDefinition definition = database.definition();
    Map<String, Object> properties = changeable(database);
    properties.putAll(references(database));
    properties.put("id", definition.id());
    properties.put("tenant_id", definition.scope().tenantId());
    properties.put("space_id", definition.scope().spaceId());
    properties.put("origin", database.origin().wireName());
    Instant lastChecked = database.lastChecked();
    if (lastChecked != null) {
      properties.put("last_checked", time(lastChecked));
    }
    properties.put("created_at", time(database.createdAt()));
    properties.put("schema_due", time(database.createdAt()));
    properties.putAll(GrantMapper.properties(database.grants()));
    properties.values().removeIf(value -> value == null);
    return properties;
  }

  /** Where its parts are in Kubernetes. */
  Map<String, Object> references(Database database) {
    ResourceRef secret = database.secret();
    ResourceRef resource = database.resource();
    return Map.of(
        "secret_namespace",
        secret.namespace(),
        "secret_name",
        secret.name(),
        "crd_namespace",
        resource.namespace(),
        "crd_name",
        resource.name());
  }

  /** Those that a change of the definition writes. */
  Map<String, Object> changeable(Database database) {
    DatabaseDefinition definition = database.definition();
    Target target = definition.target();
    Map<String, Object> properties = new HashMap<>();
    properties.put("owner_id", definition.ownerId());
    properties.put("name", definition.name());
    properties.put("type", target.type().wireName());
    properties.put("host", target.host());
    properties.put("port", target.port());
    properties.put("database", target.database());
    properties.put("ssl_mode", target.sslMode().wireName());
    properties.put("connection_timeout", target.connectionTimeoutSeconds());
    properties.put("query_timeout", target.queryTimeoutSeconds());
    properties.put("readonly", definition.policy().readOnly());
    properties.put("max_rows", definition.policy().maxRows());
    properties.put("labels", write(definition.labels()));
    properties.put("description", definition.description());
    properties.put("color", definition.color());
    properties.put("is_active", definition.active());
    // For a check to compare with in the statement that writes it down.
    properties.put("digest", DefinitionDigest.of(definition));
    properties.put("status", database.status().wireName());
    properties.put("status_message", database.statusMessage());
    properties.put("updated_at", time(database.updatedAt()));
    properties.put("revision", database.revision());
    return properties;
  }

  /**
   * The nodes of the labels, with what listings filter by and sort by, so that an index over the
   * labels is enough.
   */
  List<Map<String, Object>> labels(Database database) {
    DatabaseDefinition definition = database.definition();
    return definition.labels().entrySet().stream()
        .map(
            label ->
                Map.<String, Object>of(
                    "tenant_id", definition.scope().tenantId(),
                    "space_id", definition.scope().spaceId(),
                    "key", label.getKey(),
                    "value", label.getValue(),
                    "created_at", time(database.createdAt()),
                    "id", definition.id(),
                    "name", definition.name()))
        .toList();
  }

  Database database(MapAccessor node) {
    DatabaseDefinition definition =
        new DatabaseDefinition(
            text(node, "id"),
            new Scope(text(node, "tenant_id"), text(node, "space_id")),
            text(node, "owner_id"),
            text(node, "name"),
            target(node),
            new AccessPolicy(node.get("readonly").asBoolean(), node.get("max_rows").asInt()),
            read(text(node, "labels")),
            text(node, "description"),
            text(node, "color"),
            node.get("is_active").asBoolean());
    return new Database(
        definition,
        new ResourceRef(text(node, "secret_namespace"), text(node, "secret_name")),
        new ResourceRef(text(node, "crd_namespace"), text(node, "crd_name")),
        constant(DatabaseStatus.values(), DatabaseStatus::wireName, text(node, "status")),
        text(node, "status_message"),
        optionalTime(node.get("last_checked")),
        node.get("created_at").asZonedDateTime().toInstant(),
        node.get("updated_at").asZonedDateTime().toInstant(),
        node.get("revision").asLong(),
        origin(node.get("origin")),
        GrantMapper.grants(node),
        login(node.get("login_rights")));
  }

  /** A node that does not say it is from before there were others. */
  static Origin origin(Value value) {
    return value.isNull()
        ? Origin.REST
        : constant(Origin.values(), Origin::wireName, value.asString());
  }

  private static @Nullable LoginRights login(Value value) {
    return value.isNull() ? null : LoginRights.parse(value.asString());
  }

  static ZonedDateTime time(Instant instant) {
    return instant.atZone(ZoneOffset.UTC);
  }

  private static Target target(MapAccessor node) {
    return new Target(
        constant(DatabaseType.values(), DatabaseType::wireName, text(node, "type")),
        text(node, "host"),
        node.get("port").asInt(),
        text(node, "database"),
        constant(SslMode.values(), SslMode::wireName, text(node, "ssl_mode")),
        node.get("connection_timeout").asInt(),
        node.get("query_timeout").asInt());
  }

  private static String text(MapAccessor node, String property) {
    return node.get(property).asString();
  }

  private static @Nullable Instant optionalTime(Value value) {
    return value.isNull() ? null : value.asZonedDateTime().toInstant();
  }

  private static <E> E constant(E[] constants, Function<E, String> wireName, String name) {
    return Arrays.stream(constants)
        .filter(constant -> wireName.apply(constant).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a node has the unknown value " + name));
  }

  private String write(Map<String, String> labels) {
    try {
      return json.writeValueAsString(labels);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("labels cannot be written", e);
    }
  }

  private Map<String, String> read(String labels) {
    try {
      return json.readValue(labels, LABELS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a node has labels that cannot be read", e);
    }
  }
}
