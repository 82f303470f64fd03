package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.sealing.CredentialChange;
import io.tas.dbhub.core.sealing.Credentials;
import io.temporal.failure.ApplicationFailure;

/** The Secrets of connections made through REST. Thread-safe. */
public final class ConnectionSecrets {
  private static final Credentials NONE = new Credentials("", "");

  private final OwnedObjects<Secret> secrets;
  private final String namespace;

  /**
   * @param namespace where connections made through REST live
   */
  public ConnectionSecrets(KubernetesClient kubernetes, String namespace) {
    this.secrets = OwnedObjects.secrets(kubernetes, namespace);
    this.namespace = namespace;
  }

  /**
   * The credentials as they would be after the change. Asks Kubernetes only where the change leaves
   * a half as it is.
   *
   * @throws ApplicationFailure {@code Incomplete} when there is no Secret of the database under
   *     that name, or it lacks what is to stay
   */
  public Credentials changed(DatabaseRef database, ResourceRef secret, CredentialChange change) {
    return change.isWhole() ? change.onto(NONE) : change.onto(read(find(database, secret)));
  }

  /**
   * @throws ApplicationFailure {@code Incomplete} when there is none of the database's
   */
  Secret find(DatabaseRef database, ResourceRef ref) {
    if (!ref.namespace().equals(namespace)) {
      throw missing(ref);
    }
    return secrets.find(database, ref.name()).orElseThrow(() -> missing(ref));
  }

  /**
   * @throws ApplicationFailure {@code Incomplete} when a key is missing
   */
  static Credentials read(Secret secret) {
    return SecretCredentials.of(secret)
        .orElseThrow(
            () ->
                Failures.of(
                    FailureType.INCOMPLETE,
                    "the Secret "
                        + secret.getMetadata().getName()
                        + " lacks the username or the password; repair the database, with its"
                        + " credentials"));
  }

  private static ApplicationFailure missing(ResourceRef ref) {
    return Failures.of(
        FailureType.INCOMPLETE,
        "the Secret "
            + ref.name()
            + " does not exist, or is not of this database; repair the database, with its"
            + " credentials");
  }
}
