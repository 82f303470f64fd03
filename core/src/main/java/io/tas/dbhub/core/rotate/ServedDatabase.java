package io.tas.dbhub.core.rotate;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which instances serve a database, and with which state of its credentials. */
public record ServedDatabase(List<By> instances) {
  public ServedDatabase {
    instances = List.copyOf(instances);
  }

  /**
   * @param credentialsRevision as in {@link io.tas.dbhub.core.update.SwitchCredentials}, of what
   *     every server of the instance runs with; null before the first switch
   */
  public record By(ResourceRef instance, @Nullable String credentialsRevision) {}
}
