package io.tas.dbhub.core.repair;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes has of a connection.
 *
 * @param secret null when it is gone, or holds no usable credentials
 * @param resource null when it is gone
 * @param definition what the resource says; null when it is gone
 */
public record InspectedConnection(
    @Nullable ResourceRef secret,
    @Nullable ResourceRef resource,
    @Nullable DatabaseDefinition definition) {}
