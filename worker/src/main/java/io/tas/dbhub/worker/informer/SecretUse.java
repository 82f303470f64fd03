package io.tas.dbhub.worker.informer;

import io.tas.dbhub.activities.kubernetes.Conditions;
import io.tas.dbhub.activities.kubernetes.crd.CredentialsRef;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.names.Reasons;
import java.util.Optional;

/** What a Database has to do with a Secret. Pure. */
final class SecretUse {
  private SecretUse() {}

  /** The Secret that a Database names, wherever it is; empty for one that needs none. */
  static Optional<ResourceRef> secretOf(DatabaseResource database) {
    CredentialsRef ref = database.getSpec().credentialsRef();
    if (ref == null) {
      return Optional.empty();
    }
    String namespace = ref.namespace();
    return Optional.of(
        new ResourceRef(
            namespace == null || namespace.isEmpty() ? database.ref().namespace() : namespace,
            ref.name()));
  }

  /** Whether the last probe found none to use: it may have come while nobody watched. */
  static boolean waitsForOne(DatabaseResource database) {
    DatabaseResourceStatus status = database.getStatus();
    return status != null
        && Conditions.find(status.conditions(), Conditions.READY)
            .filter(ready -> Reasons.CREDENTIALS.contains(String.valueOf(ready.getReason())))
            .isPresent();
  }
}
