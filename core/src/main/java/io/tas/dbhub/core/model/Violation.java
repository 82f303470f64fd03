package io.tas.dbhub.core.model;

/**
 * One rule that an input breaks.
 *
 * @param field the field as the client wrote it, such as {@code port}
 * @param message what would be right; never repeats a credential
 */
public record Violation(String field, String message) {}
