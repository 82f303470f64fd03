package io.tas.dbhub.core.rotate;

import io.tas.dbhub.core.model.ResourceRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which instances serve a database, and with which state of its credentials. An instance is named
 * once per server of it that does; that is twice while the database moves to another one.
 */
public record ServedDatabase(List<By> instances) {
  public ServedDatabase {
    instances = List.copyOf(instances);
  }

  /**
   * @param credentialsRevision as in {@link io.tas.dbhub.core.update.SwitchCredentials}, of what
   *     every pod of the server runs with; null before the first switch
   */
  public record By(ResourceRef instance, @Nullable String credentialsRevision) {}
}
