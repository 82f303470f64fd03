package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.tas.dbhub.activities.kubernetes.crd.CredentialsRef;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSpec;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A definition as a Database resource says it; {@link DefinitionReader} reads it back. Pure. */
final class DatabaseManifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Fields of the spec that may be absent: to be taken away where a definition has none. */
  private static final List<String> OPTIONAL_FIELDS = List.of("host", "port", "description");

  private static final List<String> ANNOTATIONS =
      List.of(Kubernetes.DISPLAY_NAME, Kubernetes.OWNER, Kubernetes.COLOR, Kubernetes.OWNER_LABELS);

  private final DatabaseSpec spec;
  private final Map<String, String> labels;
  private final Map<String, String> annotations;

  DatabaseManifest(DatabaseDefinition definition, ResourceRef secret) {
    this.spec = spec(definition, secret);
    this.labels = ObjectNames.labels(definition.ref(), definition.labels());
    this.annotations = annotations(definition);
  }

  DatabaseResource named(String name) {
    DatabaseResource resource = new DatabaseResource();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withLabels(labels)
            .withAnnotations(annotations)
            .build());
    resource.setSpec(spec);
    return resource;
  }

  /** Whether the resource says the same already, whatever else others wrote on it. */
  boolean isSaidBy(DatabaseResource resource) {
    Map<String, String> there = annotations(resource);
    return spec.equals(resource.getSpec())
        && labels(resource).entrySet().containsAll(labels.entrySet())
        && ANNOTATIONS.stream()
            .allMatch(key -> Objects.equals(there.get(key), annotations.get(key)));
  }

  /** The merge patch that makes the resource say it, and touches nothing of others. */
  ObjectNode patch(DatabaseResource resource) {
    ObjectNode patch = JSON.createObjectNode();
    ObjectNode metadata = patch.putObject("metadata");
    ObjectNode labelPatch = metadata.putObject("labels");
    DefinitionReader.ownerLabelKeys(resource).orElse(List.of()).stream()
        .filter(key -> labels(resource).containsKey(key))
        .forEach(labelPatch::putNull);
    labels.forEach(labelPatch::put);
    ObjectNode annotationPatch = metadata.putObject("annotations");
    ANNOTATIONS.forEach(annotationPatch::putNull);
    annotations.forEach(annotationPatch::put);
    ObjectNode specPatch = patch.putObject("spec");
    OPTIONAL_FIELDS.forEach(specPatch::putNull);
    specPatch.setAll(JSON.<ObjectNode>valueToTree(spec));
    specPatch.withObjectProperty("credentialsRef").putNull("namespace");
    return patch;
  }

  private static DatabaseSpec spec(DatabaseDefinition definition, ResourceRef secret) {
    Target target = definition.target().inside(definition.scope());
    boolean networked = target.type().networked();
    return new DatabaseSpec(
        target.type(),
        networked ? target.host() : null,
        networked ? target.port() : null,
        target.database(),
        credentials(secret.name()),
        target.sslMode(),
        definition.policy().readOnly(),
        definition.policy().maxRows(),
        target.connectionTimeoutSeconds(),
        target.queryTimeoutSeconds(),
        definition.description().isEmpty() ? null : definition.description(),
        definition.active());
  }

  static CredentialsRef credentials(String secret) {
    return new CredentialsRef(secret, null, SecretCredentials.USERNAME, SecretCredentials.PASSWORD);
  }

  private static Map<String, String> annotations(DatabaseDefinition definition) {
    Map<String, String> annotations = new TreeMap<>();
    annotations.put(Kubernetes.DISPLAY_NAME, definition.name());
    annotations.put(
        Kubernetes.OWNER_LABELS, String.join(",", new TreeSet<>(definition.labels().keySet())));
    if (!definition.ownerId().isEmpty()) {
      annotations.put(Kubernetes.OWNER, definition.ownerId());
    }
    if (!definition.color().isEmpty()) {
      annotations.put(Kubernetes.COLOR, definition.color());
    }
    return annotations;
  }

  private static Map<String, String> labels(DatabaseResource resource) {
    return Optional.ofNullable(resource.getMetadata().getLabels()).orElse(Map.of());
  }

  private static Map<String, String> annotations(DatabaseResource resource) {
    return Optional.ofNullable(resource.getMetadata().getAnnotations()).orElse(Map.of());
  }
}
