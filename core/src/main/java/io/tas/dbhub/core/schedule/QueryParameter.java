package io.tas.dbhub.core.schedule;

/**
 * What a run binds to a placeholder.
 *
 * @param json the value as JSON, with its digits as they were written; of the moment below, what is
 *     bound before there was one
 * @param lastSuccess whether it is the moment at which the last run began that succeeded on the
 *     database
 */
public record QueryParameter(String json, boolean lastSuccess) {}
