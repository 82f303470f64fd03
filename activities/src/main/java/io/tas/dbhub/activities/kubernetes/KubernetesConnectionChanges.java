package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.core.repair.ConnectionInspection;
import io.tas.dbhub.core.repair.InspectedConnection;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.CredentialSealer;
import io.tas.dbhub.core.sealing.Credentials;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.core.sealing.UnsealableException;
import io.tas.dbhub.core.update.ApplyDatabaseResource;
import io.tas.dbhub.core.update.ConnectionChanges;
import io.tas.dbhub.core.update.SealCredentials;
import io.tas.dbhub.core.update.SwitchCredentials;
import java.util.List;

/** Changes and inspects Secret and Database resource of a connection. Thread-safe. */
public final class KubernetesConnectionChanges implements ConnectionChanges, ConnectionInspection {
  private static final Credentials NONE = new Credentials("", "");

  private final CredentialSealer sealer;
  private final String namespace;
  private final ConnectionSecrets credentials;
  private final OwnedObjects<Secret> secrets;
  private final OwnedObjects<DatabaseResource> databases;

  /**
   * @param namespace where connections made through REST live
   */
  public KubernetesConnectionChanges(
      KubernetesClient kubernetes, CredentialSealer sealer, String namespace) {
    this.sealer = sealer;
    this.namespace = namespace;
    this.credentials = new ConnectionSecrets(kubernetes, namespace);
    this.secrets = OwnedObjects.secrets(kubernetes, namespace);
    this.databases = OwnedObjects.databases(kubernetes, namespace);
  }

  @Override
  public SealedCredentials sealCredentials(SealCredentials request) {
    DatabaseRef database = request.database();
    Credentials current = ConnectionSecrets.read(credentials.find(database, request.secret()));
    return sealer.seal(current, database.scope().tenantId(), database.id());
  }

  @Override
  public void switchCredentials(SwitchCredentials request) {
    CredentialChange change = open(request, request.credentials());
    Secret secret = credentials.find(request.database(), request.secret());
    if (request.revision().equals(SecretCredentials.revision(secret))) {
      return;
    }
    // What somebody else wrote stays. The revision is written all the same: a write of the switch
    // that is still under way then comes too late.
    ObjectNode patch =
        othersWrote(request, change, secret)
            ? JsonNodeFactory.instance.objectNode()
            : SecretCredentials.patch(next(change, secret));
    // In the same write as the credentials: whoever reads one has the other.
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(Kubernetes.CREDENTIALS_REVISION, request.revision());
    secrets.patch(secret, patch);
  }

  @Override
  public void applyDatabaseResource(ApplyDatabaseResource request) {
    ResourceRef ref = request.resource();
    DatabaseResource found =
        databases
            .find(request.definition().ref(), ref.name())
            .filter(resource -> ref.namespace().equals(namespace))
            .orElseThrow(
                () ->
                    Failures.of(
                        FailureType.INCOMPLETE,
                        "the Database resource "
                            + ref.name()
                            + " does not exist, or is not of this database; repair the database"));
    DatabaseManifest wanted = new DatabaseManifest(request.definition(), request.secret());
    if (!wanted.isSaidBy(found)) {
      databases.patch(found, wanted.patch(found));
    }
  }

  @Override
  public InspectedConnection inspect(DatabaseRef database) {
    DatabaseResource resource = databases.find(database).stream().findFirst().orElse(null);
    List<Secret> usable =
        secrets.find(database).stream()
            .filter(secret -> SecretCredentials.of(secret).isPresent())
            .toList();
    ResourceRef secret =
        usable.stream()
            .filter(found -> resource != null && refersTo(resource, found))
            .findFirst()
            .or(() -> usable.stream().findFirst())
            .map(OwnedObjects::ref)
            .orElse(null);
    return resource == null
        ? new InspectedConnection(secret, null, null)
        : new InspectedConnection(
            secret, resource.ref(), DefinitionReader.read(resource, database));
  }

  private static boolean refersTo(DatabaseResource resource, Secret secret) {
    return resource.getSpec().credentialsRef() != null
        && resource.getSpec().credentialsRef().name().equals(secret.getMetadata().getName());
  }

  private static Credentials next(CredentialChange change, Secret secret) {
    return change.isWhole() ? change.onto(NONE) : change.onto(ConnectionSecrets.read(secret));
  }

  /** Whether the Secret holds other credentials than the switch that is undone has written. */
  private boolean othersWrote(SwitchCredentials request, CredentialChange previous, Secret secret) {
    SealedCredentials undone = request.undoes();
    if (undone == null) {
      return false;
    }
    Credentials written = open(request, undone).onto(previous.onto(NONE));
    return SecretCredentials.of(secret)
        .filter(
            found ->
                !found.username().equals(written.username())
                    || !found.password().equals(written.password()))
        .isPresent();
  }

  private CredentialChange open(SwitchCredentials request, SealedCredentials sealed) {
    try {
      return sealer.openChange(
          sealed, request.database().scope().tenantId(), request.database().id());
    } catch (UnsealableException e) {
      throw Failures.of(FailureType.UNSEALABLE, String.valueOf(e.getMessage()));
    }
  }
}
