package io.tas.dbhub.core.health;

/**
 * One probe in figures.
 *
 * @param reachable whether the database answered
 * @param durationMillis until it was known whether it answers
 */
public record ProbeFigures(boolean reachable, long durationMillis) {}
