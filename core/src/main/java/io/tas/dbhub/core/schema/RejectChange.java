package io.tas.dbhub.core.schema;

import io.tas.dbhub.core.model.DatabaseRef;

/**
 * A change that somebody does not want in the catalogue.
 *
 * @param digest of the schema that was found
 * @param actor who rejected it
 */
public record RejectChange(DatabaseRef database, String digest, String actor, String reason) {}
