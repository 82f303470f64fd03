package io.tas.dbhub.core.update;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.sealing.SealedCredentials;
import org.jspecify.annotations.Nullable;

/**
 * @param credentials the given half or both; what is not given stays as the Secret has it
 * @param revision names this state of the credentials: kept in the Secret's annotation {@link
 *     io.tas.dbhub.core.names.Kubernetes#CREDENTIALS_REVISION}, it tells when DBHub serves with it
 * @param undoes the half or both that were switched to and are taken back; where the Secret holds
 *     others by now, somebody wrote them since, and they stay. Null where nothing is undone
 */
public record SwitchCredentials(
    DatabaseRef database,
    ResourceRef secret,
    SealedCredentials credentials,
    String revision,
    @Nullable SealedCredentials undoes) {
  /** Forward. */
  public SwitchCredentials(
      DatabaseRef database, ResourceRef secret, SealedCredentials credentials, String revision) {
    this(database, secret, credentials, revision, null);
  }
}
