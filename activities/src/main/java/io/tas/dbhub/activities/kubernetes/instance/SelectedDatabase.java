package io.tas.dbhub.activities.kubernetes.instance;

import io.tas.dbhub.activities.kubernetes.CredentialSource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import org.jspecify.annotations.Nullable;

/**
 * A database that an instance selects.
 *
 * @param databaseId its id in the inventory, should it be there; null for one made by hand that
 *     asks for no place in it
 * @param credentials or why there are none
 */
record SelectedDatabase(
    DatabaseResource resource, @Nullable String databaseId, CredentialSource.Answer credentials) {
  String name() {
    return resource.getMetadata().getName();
  }
}
