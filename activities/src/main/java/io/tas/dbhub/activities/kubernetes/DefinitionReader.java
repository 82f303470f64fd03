package io.tas.dbhub.activities.kubernetes;

import io.tas.dbhub.activities.kubernetes.crd.CredentialsRef;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSpec;
import io.tas.dbhub.core.model.AccessPolicy;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DefinitionDigest;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a Database resource as the definition that {@link DatabaseManifest} makes it from. Pure.
 */
final class DefinitionReader {
  private DefinitionReader() {}

  /**
   * @param database that the resource is of
   */
  static DatabaseDefinition read(DatabaseResource resource, DatabaseRef database) {
    DatabaseSpec spec = resource.getSpec();
    String description = spec.description();
    return new DatabaseDefinition(
        database.id(),
        database.scope(),
        annotation(resource, Kubernetes.OWNER).orElse(""),
        annotation(resource, Kubernetes.DISPLAY_NAME).orElse(resource.getMetadata().getName()),
        outside(Targets.of(resource), database),
        new AccessPolicy(spec.readOnly(), spec.maxRows()),
        ownerLabels(resource, database),
        description == null ? "" : description,
        annotation(resource, Kubernetes.COLOR).orElse(""),
        spec.active());
  }

  /**
   * As {@link DefinitionDigest}; equal to no definition's where the credentials are not looked for
   * in the database's own Secret.
   */
  static String digest(DatabaseResource resource, DatabaseRef database) {
    CredentialsRef ref = resource.getSpec().credentialsRef();
    boolean own =
        ref != null
            && ObjectNames.candidates(database, ObjectNames.SECRET_SUFFIX).contains(ref.name())
            && ref.equals(DatabaseManifest.credentials(ref.name()));
    return own ? DefinitionDigest.of(read(resource, database)) : "";
  }

  /** The keys of the labels that came with the definition; empty when nobody knows them. */
  static Optional<List<String>> ownerLabelKeys(DatabaseResource resource) {
    return annotation(resource, Kubernetes.OWNER_LABELS)
        .map(
            keys ->
                Arrays.stream(keys.split(",", -1))
                    .map(String::trim)
                    .filter(key -> !key.isEmpty())
                    .toList());
  }

  private static Map<String, String> ownerLabels(DatabaseResource resource, DatabaseRef database) {
    Map<String, String> labels =
        new TreeMap<>(Optional.ofNullable(resource.getMetadata().getLabels()).orElse(Map.of()));
    Set<String> reserved = ObjectNames.selector(database).keySet();
    labels.keySet().removeAll(reserved);
    ownerLabelKeys(resource).ifPresent(labels.keySet()::retainAll);
    return labels;
  }

  /** The inverse of {@link Target#inside}. */
  private static Target outside(Target target, DatabaseRef database) {
    if (target.type().networked()) {
      return target;
    }
    String folder = database.scope().tenantId() + "/";
    String path = target.database();
    return new Target(
        target.type(),
        target.host(),
        target.port(),
        // Somebody led it out of the tenant's folder: that must not look like a file inside.
        path.startsWith(folder) ? path.substring(folder.length()) : "../" + path,
        target.sslMode(),
        target.connectionTimeoutSeconds(),
        target.queryTimeoutSeconds());
  }

  private static Optional<String> annotation(DatabaseResource resource, String key) {
    return Optional.ofNullable(resource.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(key));
  }
}
