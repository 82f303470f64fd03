/**
 * Proves that a connection works: resolves, connects, logs in and asks, within a hard deadline, and
 * says in its own words what stands in the way. Nothing a driver says leaves this package.
 */
@NullMarked
package io.tas.dbhub.activities.jdbc;

import org.jspecify.annotations.NullMarked;
