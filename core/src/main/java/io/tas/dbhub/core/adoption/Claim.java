package io.tas.dbhub.core.adoption;

import io.tas.dbhub.core.model.DatabaseRef;

/**
 * A Database resource made by hand asks, by its labels, for a node in the inventory.
 *
 * @param database the resource's uid, with the tenant and space that its labels name
 * @param fingerprint changes with everything that the node would say of the resource
 */
public record Claim(DatabaseRef database, String fingerprint) {}
