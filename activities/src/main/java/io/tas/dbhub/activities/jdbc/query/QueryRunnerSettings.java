package io.tas.dbhub.activities.jdbc.query;

import java.time.Duration;

/**
 * What queries may take of a worker.
 *
 * @param concurrent queries at a time; each holds a thread
 * @param connections to all targets, those included that wait for the next query
 * @param perTarget connections to one target with one login
 * @param idle how long a connection waits for the next query
 */
public record QueryRunnerSettings(int concurrent, int connections, int perTarget, Duration idle) {}
