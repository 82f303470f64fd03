package io.tas.dbhub.core.model;

/**
 * What may be done through DBHub.
 *
 * @param maxRows rows a query answers at most, 1 to 100000
 */
public record AccessPolicy(boolean readOnly, int maxRows) {}
