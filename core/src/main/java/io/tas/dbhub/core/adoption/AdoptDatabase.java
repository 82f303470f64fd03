package io.tas.dbhub.core.adoption;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;

/**
 * What a node has to say of a Database resource made by hand.
 *
 * @param definition its id is the resource's uid
 * @param secret with empty texts where the resource names none
 * @param again whether it had its node already: should that be gone, its grants are gone with it,
 *     and a new one has none
 */
public record AdoptDatabase(
    DatabaseDefinition definition, ResourceRef secret, ResourceRef resource, boolean again) {
  public AdoptDatabase(DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {
    this(definition, secret, resource, false);
  }

  /** The same for a resource that had its node when it was last looked at, or had none. */
  public AdoptDatabase again(boolean hadNode) {
    return new AdoptDatabase(definition, secret, resource, hadNode);
  }
}
