package io.tas.dbhub.core.schedule;

/**
 * How far a run has come.
 *
 * @param cursor where the next page of databases begins
 */
public record RunProgress(String cursor, RunReport report) {}
