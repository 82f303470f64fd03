package io.tas.dbhub.core.health;

import io.tas.dbhub.core.model.ResourceRef;

/**
 * A connection that nobody has probed yet and that the inventory does not know.
 *
 * @param monitorId the resource's uid, which its monitor is named by
 */
public record NewConnection(String monitorId, ResourceRef resource) {}
