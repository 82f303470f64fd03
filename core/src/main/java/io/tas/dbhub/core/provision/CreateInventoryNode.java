package io.tas.dbhub.core.provision;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;

/**
 * The node of one connection.
 *
 * @param again whether there was one before: its grants are lost with it, so that until somebody
 *     gives new ones nobody but the owner and operators has any
 */
public record CreateInventoryNode(
    DatabaseDefinition definition, ResourceRef secret, ResourceRef resource, boolean again) {
  /** The first one. */
  public CreateInventoryNode(
      DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {
    this(definition, secret, resource, false);
  }
}
