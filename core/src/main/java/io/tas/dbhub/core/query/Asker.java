package io.tas.dbhub.core.query;

import io.tas.dbhub.core.model.Scope;

/**
 * Whose query it is.
 *
 * @param subject of the token
 */
public record Asker(Scope scope, String subject) {}
