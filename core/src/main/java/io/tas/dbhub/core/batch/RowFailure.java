package io.tas.dbhub.core.batch;

/**
 * A row that could not be worked on.
 *
 * @param code the type of the failure
 * @param message for people; holds no credential
 */
public record RowFailure(RowTask task, String code, String message) {}
