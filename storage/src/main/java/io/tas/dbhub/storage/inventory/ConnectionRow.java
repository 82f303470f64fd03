package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.Origin;
import io.tas.dbhub.core.model.ResourceRef;

/** A connection by the names of its parts, as a comparison needs it. */
public record ConnectionRow(
    DatabaseRef database, ResourceRef secret, ResourceRef resource, Origin origin) {
  /** Of one made through REST. */
  public ConnectionRow(DatabaseRef database, ResourceRef secret, ResourceRef resource) {
    this(database, secret, resource, Origin.REST);
  }
}
