package io.tas.dbhub.core.adoption;

import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.ResourceRef;

/**
 * What a node has to say of a Database resource made by hand.
 *
 * @param definition its id is the resource's uid
 * @param secret with empty texts where the resource names none
 */
public record AdoptDatabase(
    DatabaseDefinition definition, ResourceRef secret, ResourceRef resource) {}
