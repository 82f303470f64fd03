package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.CredentialsRef;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseSpec;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.ResourceStatus;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.CreateDatabaseResource;
import io.tas.dbhub.core.provision.CreateSecret;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.UnsealableException;
import io.temporal.activity.Activity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Secret and Database resource of a connection, in one namespace. Thread-safe. */
public final class KubernetesConnectionResources implements ConnectionResources, ResourceStatus {
  private final CredentialSealer sealer;
  private final OwnedObjects<Secret> secrets;
  private final OwnedObjects<DatabaseResource> databases;
  private final DatabaseStatusWriter statuses;

  /**
   * @param namespace where connections made through REST live
   */
  public KubernetesConnectionResources(
      KubernetesClient kubernetes, CredentialSealer sealer, String namespace) {
    this.sealer = sealer;
    this.secrets =
        new OwnedObjects<>(
            kubernetes,
            kubernetes.secrets().inNamespace(namespace),
            "/api/v1/namespaces/" + namespace + "/secrets",
            "-creds");
    this.databases =
        new OwnedObjects<>(
            kubernetes,
            kubernetes.resources(DatabaseResource.class).inNamespace(namespace),
            "/apis/"
                + Kubernetes.GROUP
                + "/"
                + Kubernetes.VERSION
                + "/namespaces/"
                + namespace
                + "/databases",
            "");
    this.statuses = new DatabaseStatusWriter(kubernetes);
  }

  @Override
  public ResourceRef createSecret(CreateSecret request) {
    DatabaseRef database = request.database();
    Optional<ResourceRef> made = madeByAnEarlierAttempt(secrets, database);
    if (made.isPresent()) {
      return made.get();
    }
    Credentials credentials = open(request);
    return secrets.create(
        database,
        name ->
            new SecretBuilder()
                .withMetadata(metadata(name, database, Map.of()))
                .withType("Opaque")
                .withData(
                    Map.of(
                        "username", base64(credentials.username()),
                        "password", base64(credentials.password())))
                .build());
  }

  @Override
  public ResourceRef createDatabaseResource(CreateDatabaseResource request) {
    DatabaseDefinition definition = request.definition();
    Optional<ResourceRef> made = madeByAnEarlierAttempt(databases, definition.ref());
    return made.orElseGet(
        () ->
            databases.create(
                definition.ref(), name -> resource(name, definition, request.secret())));
  }

  @Override
  public void deleteSecret(DatabaseRef database) {
    secrets.delete(database);
  }

  @Override
  public void deleteDatabaseResource(DatabaseRef database) {
    databases.delete(database);
  }

  @Override
  public void writeResourceStatus(HealthReport report) {
    statuses.write(report);
  }

  /** An attempt that seemed to fail may have created the object, under any of the names. */
  private static Optional<ResourceRef> madeByAnEarlierAttempt(
      OwnedObjects<?> objects, DatabaseRef database) {
    return Activity.getExecutionContext().getInfo().getAttempt() > 1
        ? objects.find(database)
        : Optional.empty();
  }

  private Credentials open(CreateSecret request) {
    try {
      return sealer.open(
          request.credentials(), request.database().scope().tenantId(), request.database().id());
    } catch (UnsealableException e) {
      throw Failures.of(FailureType.UNSEALABLE, String.valueOf(e.getMessage()));
    }
  }

  private static DatabaseResource resource(
      String name, DatabaseDefinition definition, ResourceRef secret) {
    Target target = definition.target().inside(definition.scope());
    boolean networked = target.type().networked();
    DatabaseResource resource = new DatabaseResource();
    ObjectMeta metadata = metadata(name, definition.ref(), definition.labels());
    metadata.setAnnotations(Map.of(Kubernetes.DISPLAY_NAME, definition.name()));
    resource.setMetadata(metadata);
    resource.setSpec(
        new DatabaseSpec(
            target.type(),
            networked ? target.host() : null,
            networked ? target.port() : null,
            target.database(),
            new CredentialsRef(secret.name(), null, "username", "password"),
            target.sslMode(),
            definition.policy().readOnly(),
            definition.policy().maxRows(),
            target.connectionTimeoutSeconds(),
            target.queryTimeoutSeconds(),
            definition.description().isEmpty() ? null : definition.description()));
    return resource;
  }

  private static ObjectMeta metadata(
      String name, DatabaseRef database, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withLabels(ObjectNames.labels(database, labels))
        .build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
