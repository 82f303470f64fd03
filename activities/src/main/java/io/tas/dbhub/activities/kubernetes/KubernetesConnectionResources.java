package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.ResourceStatus;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.provision.ConnectionResources;
import io.tas.dbhub.core.provision.CreateDatabaseResource;
import io.tas.dbhub.core.provision.CreateSecret;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.UnsealableException;
import io.temporal.activity.Activity;
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
    this.secrets = OwnedObjects.secrets(kubernetes, namespace);
    this.databases = OwnedObjects.databases(kubernetes, namespace);
    this.statuses = new DatabaseStatusWriter(kubernetes, new EventRecorder(kubernetes));
  }

  @Override
  public ResourceRef createSecret(CreateSecret request) {
    DatabaseRef database = request.database();
    Credentials credentials = open(request);
    Secret secret =
        madeByAnEarlierAttempt(secrets, database)
            .orElseGet(() -> secrets.create(database, name -> secret(name, database, credentials)));
    // One that was there already stays as it is: a repeated request must not undo a rotation.
    return OwnedObjects.ref(
        SecretCredentials.of(secret).isPresent()
            ? secret
            : secrets.patch(secret, SecretCredentials.patch(credentials)));
  }

  @Override
  public ResourceRef createDatabaseResource(CreateDatabaseResource request) {
    DatabaseRef database = request.definition().ref();
    DatabaseManifest manifest = new DatabaseManifest(request.definition(), request.secret());
    return OwnedObjects.ref(
        madeByAnEarlierAttempt(databases, database)
            .orElseGet(() -> databases.create(database, manifest::named)));
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
  private static <T extends HasMetadata> Optional<T> madeByAnEarlierAttempt(
      OwnedObjects<T> objects, DatabaseRef database) {
    return Activity.getExecutionContext().getInfo().getAttempt() > 1
        ? objects.find(database).stream().findFirst()
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

  private static Secret secret(String name, DatabaseRef database, Credentials credentials) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(ObjectNames.selector(database))
        .endMetadata()
        .withType("Opaque")
        .withData(SecretCredentials.data(credentials))
        .build();
  }
}
