package io.tas.dbhub.core.health;

/**
 * Why a connection does not work, safe to show: no credential, no stack trace, no driver's text
 * that could hold one.
 *
 * @param message one sentence
 * @param suggestion what the reader can do
 */
public record ConnectionError(ErrorKind kind, String message, String suggestion) {}
